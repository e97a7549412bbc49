# why: The open rule is live and this plan narrows it in place.

resource "aws_vpc_security_group_ingress_rule" "narrowed" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.8.64.0/18"
}
