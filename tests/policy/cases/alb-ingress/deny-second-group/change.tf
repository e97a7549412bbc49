resource "aws_security_group" "shared" {
  count  = 1
  name   = "shared"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
