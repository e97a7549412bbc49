# why: Only one subnet is logged.

resource "aws_flow_log" "vpc" {
  vpc_id    = null
  subnet_id = aws_subnet.public["a"].id
}
