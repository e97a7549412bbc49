# why: The list is good as written; a separate entry opens it.

resource "aws_ec2_managed_prefix_list" "vpn" {
  name           = "vpn"
  address_family = "IPv4"
  max_entries    = 3
}
resource "aws_ec2_managed_prefix_list_entry" "vpn" {
  prefix_list_id = aws_ec2_managed_prefix_list.vpn.id
  cidr           = "10.8.0.0/16"
}
resource "aws_ec2_managed_prefix_list_entry" "more" {
  prefix_list_id = aws_ec2_managed_prefix_list.vpn.id
  cidr           = "192.0.2.0/24"
}
resource "aws_vpc_security_group_ingress_rule" "vpn" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = aws_ec2_managed_prefix_list.vpn.id
}
