# why: One bit wider than the VPN.

resource "aws_vpc_security_group_ingress_rule" "office" {
  cidr_ipv4 = "203.0.112.0/23"
}
