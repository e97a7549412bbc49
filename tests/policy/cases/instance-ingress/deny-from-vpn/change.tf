# why: The VPN's users have to go through the load balancer.

resource "aws_vpc_security_group_ingress_rule" "debug" {
  security_group_id = aws_security_group.instance.id
  ip_protocol       = "tcp"
  from_port         = 11434
  to_port           = 11434
  cidr_ipv4         = "10.8.0.0/16"
}
