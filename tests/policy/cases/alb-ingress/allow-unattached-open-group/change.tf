# why: A group that nothing carries opens nothing, however wide it is.

resource "aws_security_group" "leftover" {
  name   = "leftover"
  vpc_id = aws_vpc.translator.id

  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
