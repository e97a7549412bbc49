# why: The condition is known, so the open alternative is never taken.

variable "public" {
  type    = bool
  default = false
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

resource "aws_vpc_security_group_ingress_rule" "https" {
  for_each          = var.public ? { all = "0.0.0.0/0" } : { clients = "10.8.0.0/16", office = "203.0.113.0/24" }
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = var.public ? 0 : 443
  to_port           = var.public ? 65535 : 443
  cidr_ipv4         = each.value
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
