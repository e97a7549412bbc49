resource "aws_default_security_group" "closed" {
  ingress {
    protocol    = "tcp"
    from_port   = 11434
    to_port     = 11434
    cidr_blocks = ["10.20.0.0/16"]
  }
}
