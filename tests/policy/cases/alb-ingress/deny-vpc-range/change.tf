# why: The VPC's own addresses are not the VPN's.

resource "aws_vpc_security_group_ingress_rule" "neighbours" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = aws_vpc.translator.cidr_block
}
