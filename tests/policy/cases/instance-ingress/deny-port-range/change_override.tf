# why: A range of ports around 11434.

resource "aws_vpc_security_group_ingress_rule" "from_alb" {
  from_port = 11000
  to_port   = 12000
}
