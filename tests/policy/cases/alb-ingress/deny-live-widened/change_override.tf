# why: A live rule is widened in place.

resource "aws_vpc_security_group_ingress_rule" "clients" {
  cidr_ipv4 = "10.0.0.0/8"
}
