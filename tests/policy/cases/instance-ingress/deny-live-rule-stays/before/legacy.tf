resource "aws_security_group_rule" "legacy" {
  type              = "ingress"
  security_group_id = aws_security_group.instance.id
  protocol          = "tcp"
  from_port         = 11434
  to_port           = 11434
  cidr_blocks       = ["10.20.0.0/16"]
}
