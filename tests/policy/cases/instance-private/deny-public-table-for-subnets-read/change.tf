data "aws_subnets" "all" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.translator.id]
  }
}
