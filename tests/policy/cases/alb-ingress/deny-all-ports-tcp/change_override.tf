# why: 0 to 65535 from the VPN.

resource "aws_vpc_security_group_ingress_rule" "office" {
  from_port = 0
  to_port   = 65535
}
