# why: "all" is another word for -1.

resource "aws_security_group_rule" "all" {
  type              = "ingress"
  security_group_id = aws_security_group.alb.id
  protocol          = "all"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["203.0.113.0/24"]
}
