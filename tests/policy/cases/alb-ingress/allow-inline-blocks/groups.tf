# why: All rules stand in the groups themselves; AWS keeps them just the same.

resource "aws_security_group" "alb" {
  name   = "translator-alb"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol         = "tcp"
    from_port        = 443
    to_port          = 443
    cidr_blocks      = ["10.8.0.0/16", "203.0.113.0/24"]
    ipv6_cidr_blocks = ["2001:db8:8::/48"]
  }
}
resource "aws_security_group" "instance" {
  name   = "translator-instance"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol        = "tcp"
    from_port       = 11434
    to_port         = 11434
    security_groups = [aws_security_group.alb.id]
  }
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
# Groups that name each other inline would be a cycle.
resource "aws_vpc_security_group_egress_rule" "to_instances" {
  security_group_id            = aws_security_group.alb.id
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = aws_security_group.instance.id
}
