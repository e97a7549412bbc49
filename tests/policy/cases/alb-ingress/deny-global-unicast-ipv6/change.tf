# why: 2000::/3 is every address that the internet routes.

resource "aws_security_group_rule" "clients6" {
  type              = "ingress"
  security_group_id = aws_security_group.alb.id
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  ipv6_cidr_blocks  = ["2001:db8:8::/48", "2000::/3"]
}
