# why: A check that holds, a precondition that holds, and a removed block for what never existed leave the plan whole.

resource "terraform_data" "ranges" {
  input = ["10.8.0.0/16"]
  lifecycle {
    precondition {
      condition     = length(local.zones) == 2
      error_message = "The design wants two zones."
    }
  }
}
check "zones" {
  assert {
    condition     = contains(keys(local.zones), "a")
    error_message = "Zone a is missing."
  }
}
removed {
  from = aws_instance.never_was
  lifecycle {
    destroy = true
  }
}
