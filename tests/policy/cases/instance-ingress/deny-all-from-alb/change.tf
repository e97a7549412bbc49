# why: From the load balancer, but every protocol and port.

resource "aws_security_group_rule" "all" {
  type                     = "ingress"
  security_group_id        = aws_security_group.instance.id
  protocol                 = "-1"
  from_port                = 11434
  to_port                  = 11434
  source_security_group_id = aws_security_group.alb.id
}
