# why: The range is an address that only the apply will tell.

resource "aws_eip" "bastion" {
  domain = "vpc"
}
resource "aws_vpc_security_group_ingress_rule" "bastion" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "${aws_eip.bastion.public_ip}/32"
}
