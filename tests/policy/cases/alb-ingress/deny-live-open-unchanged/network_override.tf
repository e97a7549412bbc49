resource "aws_vpc" "translator" {
  tags = { Name = "translator" }
}
