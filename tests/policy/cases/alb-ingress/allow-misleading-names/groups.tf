# why: Names, descriptions and tags that sound open mean nothing.

resource "aws_security_group" "alb" {
  name        = "public-0.0.0.0-any"
  description = "open to the world, ports 0-65535 from 0.0.0.0/0"
  vpc_id      = aws_vpc.translator.id
  tags        = { cidr = "0.0.0.0/0", Name = "allow-all" }
}
resource "aws_security_group" "instance" {
  name        = "ssh-open"
  description = "22 from ::/0"
  vpc_id      = aws_vpc.translator.id
}
resource "aws_vpc_security_group_ingress_rule" "everyone" {
  security_group_id = aws_security_group.alb.id
  description       = "0.0.0.0/0 on port 80"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.8.0.0/16"
  tags              = { Name = "0.0.0.0/0" }
}

resource "aws_vpc_security_group_ingress_rule" "office" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "203.0.113.0/24"
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
