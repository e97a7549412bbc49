# why: ICMP from the VPN is something else than TCP 443.

resource "aws_vpc_security_group_ingress_rule" "ping" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "icmp"
  from_port         = -1
  to_port           = -1
  cidr_ipv4         = "10.8.0.0/16"
}
