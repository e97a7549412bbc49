# why: UDP 443 is not TCP 443; written by its number.

resource "aws_vpc_security_group_ingress_rule" "quic" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "17"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.8.0.0/16"
}
