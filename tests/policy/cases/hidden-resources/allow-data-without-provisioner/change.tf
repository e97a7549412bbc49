# why: terraform_data that only keeps a value runs nothing.

resource "terraform_data" "release" {
  input            = "2026.11"
  triggers_replace = [aws_vpc.translator.cidr_block]
}
