# why: The VPC's peers reach 11434 by IPv6.

resource "aws_security_group_rule" "v6" {
  type              = "ingress"
  security_group_id = aws_security_group.instance.id
  protocol          = "tcp"
  from_port         = 11434
  to_port           = 11434
  ipv6_cidr_blocks  = ["::/0"]
}
