# why: The load balancer carries a second group, joined in with concat, that is open.

resource "aws_lb" "translator" {
  security_groups = concat([aws_security_group.alb.id], aws_security_group.shared[*].id)
}
