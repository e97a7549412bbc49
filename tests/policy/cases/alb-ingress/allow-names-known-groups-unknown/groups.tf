# why: Groups come from for_each over names; each rule refers to its group by key.

resource "aws_security_group" "tier" {
  for_each    = toset(["front", "back"])
  name        = "translator-${each.key}"
  description = "The ${each.key} tier"
  vpc_id      = aws_vpc.translator.id
}
locals {
  rules = {
    clients = { cidr = "10.8.0.0/16" }
    office  = { cidr = "203.0.113.0/24" }
  }
}
resource "aws_vpc_security_group_ingress_rule" "front" {
  for_each          = local.rules
  security_group_id = aws_security_group.tier["front"].id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value.cidr
}
resource "aws_vpc_security_group_egress_rule" "front" {
  security_group_id            = aws_security_group.tier["front"].id
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = aws_security_group.tier["back"].id
}
resource "aws_vpc_security_group_ingress_rule" "back" {
  security_group_id            = aws_security_group.tier["back"].id
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = aws_security_group.tier["front"].id
}
