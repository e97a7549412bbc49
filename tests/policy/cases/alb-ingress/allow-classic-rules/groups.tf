# why: aws_security_group_rule is the second of three styles; ranges of both families in one resource.

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

resource "aws_security_group_rule" "https" {
  type              = "ingress"
  security_group_id = aws_security_group.alb.id
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.8.0.0/16", "203.0.113.0/24"]
  ipv6_cidr_blocks  = ["2001:db8:8::/48"]
}
resource "aws_security_group_rule" "alb_out" {
  type                     = "egress"
  security_group_id        = aws_security_group.alb.id
  protocol                 = "tcp"
  from_port                = 11434
  to_port                  = 11434
  source_security_group_id = aws_security_group.instance.id
}
resource "aws_security_group_rule" "ollama" {
  type                     = "ingress"
  security_group_id        = aws_security_group.instance.id
  protocol                 = "tcp"
  from_port                = 11434
  to_port                  = 11434
  source_security_group_id = aws_security_group.alb.id
}
resource "aws_security_group_rule" "instance_out" {
  type              = "egress"
  security_group_id = aws_security_group.instance.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
