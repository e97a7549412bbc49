data "aws_security_group" "found" {
  name = "office"

  filter {
    name   = "vpc-id"
    values = [aws_vpc.translator.id]
  }
}
