# why: 10.8.0.0/8 is 10.0.0.0/8: AWS ignores the host bits of a prefix list's entry.

resource "aws_ec2_managed_prefix_list" "vpn" {
  name           = "vpn"
  address_family = "IPv4"
  max_entries    = 2
  entry {
    cidr = "10.8.0.0/8"
  }
}
resource "aws_vpc_security_group_ingress_rule" "vpn" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = aws_ec2_managed_prefix_list.vpn.id
}
