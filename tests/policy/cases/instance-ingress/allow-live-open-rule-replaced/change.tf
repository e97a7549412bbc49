# why: The open rule to the instances is live; this plan replaces it (its group changes) by one on an unattached group.

resource "aws_security_group" "parking" {
  name   = "parking"
  vpc_id = aws_vpc.translator.id
}
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.parking.id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "10.8.0.0/16"
}
