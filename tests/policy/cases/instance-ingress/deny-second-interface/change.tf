resource "aws_security_group" "admin" {
  name   = "admin"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["10.20.0.0/16"]
  }
}
