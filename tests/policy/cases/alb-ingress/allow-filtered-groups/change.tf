locals {
  groups = { closed = aws_security_group.alb.id, open = aws_security_group.open.id }
}
resource "aws_security_group" "open" {
  name   = "open"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
