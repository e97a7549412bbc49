# why: The plan fails half way at a precondition; what stands in the file is not all that was meant.
# errors: yes

resource "terraform_data" "guard" {
  lifecycle {
    precondition {
      condition     = length(local.zones) == 3
      error_message = "The design wants three zones."
    }
  }
}
