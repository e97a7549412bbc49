# why: What the other prefix list holds is not in the plan.

resource "aws_security_group_rule" "list" {
  type              = "ingress"
  security_group_id = aws_security_group.instance.id
  protocol          = "tcp"
  from_port         = 11434
  to_port           = 11434
  prefix_list_ids   = ["pl-63a5400a"]
}
