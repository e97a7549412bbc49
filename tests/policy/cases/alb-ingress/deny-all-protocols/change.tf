# why: With protocol -1 the ports are ignored: everything from the VPN.

resource "aws_security_group_rule" "all" {
  type              = "ingress"
  security_group_id = aws_security_group.alb.id
  protocol          = "-1"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.8.0.0/16"]
}
