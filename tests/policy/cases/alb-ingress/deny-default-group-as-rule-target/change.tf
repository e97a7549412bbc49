resource "aws_security_group_rule" "default" {
  type              = "ingress"
  security_group_id = aws_vpc.translator.default_security_group_id
  protocol          = "tcp"
  from_port         = 0
  to_port           = 65535
  cidr_blocks       = ["0.0.0.0/0"]
}
