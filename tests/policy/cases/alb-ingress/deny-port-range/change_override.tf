# why: From the VPN, but 443 to 8443 is more than 443.

resource "aws_vpc_security_group_ingress_rule" "clients" {
  to_port = 8443
}
