# why: 443 from everywhere as a separate rule.

resource "aws_vpc_security_group_ingress_rule" "clients" {
  cidr_ipv4 = "0.0.0.0/0"
}
