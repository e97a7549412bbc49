# why: One resource writes ranges and groups alike; what a rule does not have, lookup() leaves null.

locals {
  rules = { clients = { cidrs = ["10.8.0.0/16", "203.0.113.0/24"], port = 443 } }
}

resource "aws_security_group_rule" "alb" {
  for_each                 = local.rules
  type                     = "ingress"
  security_group_id        = aws_security_group.alb.id
  protocol                 = "tcp"
  from_port                = each.value.port
  to_port                  = each.value.port
  cidr_blocks              = lookup(each.value, "cidrs", null)
  source_security_group_id = lookup(each.value, "source", null)
}

resource "aws_security_group" "alb" {
  name        = "translator-alb"
  description = "The translator's load balancer"
  vpc_id      = aws_vpc.translator.id
}

resource "aws_security_group" "instance" {
  name        = "translator-instance"
  description = "The translator's inference instances"
  vpc_id      = aws_vpc.translator.id
}

resource "aws_vpc_security_group_egress_rule" "to_instances" {
  security_group_id            = aws_security_group.alb.id
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = aws_security_group.instance.id
}

resource "aws_vpc_security_group_ingress_rule" "from_alb" {
  security_group_id            = aws_security_group.instance.id
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = aws_security_group.alb.id
}

resource "aws_vpc_security_group_egress_rule" "downloads" {
  security_group_id = aws_security_group.instance.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
