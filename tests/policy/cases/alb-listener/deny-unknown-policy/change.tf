resource "terraform_data" "policy" {
  input = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}
