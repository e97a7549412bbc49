resource "aws_security_group" "egress" {
  name   = "patching"
  vpc_id = aws_vpc.translator.id
  egress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}
