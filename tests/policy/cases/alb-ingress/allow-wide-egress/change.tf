# why: What the load balancer may reach is not what reaches it.

resource "aws_vpc_security_group_egress_rule" "anything" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
