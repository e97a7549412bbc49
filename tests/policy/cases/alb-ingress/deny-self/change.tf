# why: The group lets itself in, on every port.

resource "aws_security_group_rule" "self" {
  type              = "ingress"
  security_group_id = aws_security_group.alb.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  self              = true
}
