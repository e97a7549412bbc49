# why: The VPC's default group admits its own members, as AWS makes it; nothing carries it.

resource "aws_default_security_group" "closed" {
  ingress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
