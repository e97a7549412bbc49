# why: A build machine of another team in the same VPC, reachable in its own group, is not the translator.

resource "aws_security_group" "build" {
  name   = "build"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["10.20.0.0/16"]
  }
}
resource "aws_instance" "build" {
  ami                    = "ami-0fedcba9876543210"
  instance_type          = "t3.large"
  subnet_id              = aws_subnet.private["a"].id
  vpc_security_group_ids = [aws_security_group.build.id]
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted = true
  }
}
