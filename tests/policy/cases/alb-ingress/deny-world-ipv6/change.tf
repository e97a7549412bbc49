# why: IPv4 is closed, IPv6 is not.

resource "aws_vpc_security_group_ingress_rule" "clients6" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv6         = "::/0"
}
