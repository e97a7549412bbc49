# why: The rule looks closed in its own file; an override file opens it.

resource "aws_vpc_security_group_ingress_rule" "clients" {
  cidr_ipv4 = null
  cidr_ipv6 = "::/0"
}
