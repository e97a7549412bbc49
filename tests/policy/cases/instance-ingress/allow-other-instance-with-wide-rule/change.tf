# why: An instance of another application lets the whole VPC in; it is behind no target group of the translator's.

resource "aws_security_group" "other" {
  name   = "other"
  vpc_id = aws_vpc.translator.id

  ingress {
    protocol    = "tcp"
    from_port   = 1024
    to_port     = 65535
    cidr_blocks = ["10.20.0.0/16"]
  }
}

resource "aws_instance" "other" {
  ami                    = "ami-0fedcba9876543210"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.private["a"].id
  vpc_security_group_ids = [aws_security_group.other.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }
}
