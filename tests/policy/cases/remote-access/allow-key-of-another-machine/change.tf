# why: The key pair belongs to a build machine that is not behind the load balancer.

resource "aws_key_pair" "build" {
  key_name   = "build"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBuildBuildBuildBuildBuildBuildBuildBuild build@corp.example"
}
resource "aws_security_group" "build" {
  name   = "build"
  vpc_id = aws_vpc.translator.id
}
resource "aws_instance" "build" {
  ami                    = "ami-0fedcba9876543210"
  instance_type          = "t3.large"
  key_name               = aws_key_pair.build.key_name
  subnet_id              = aws_subnet.private["a"].id
  vpc_security_group_ids = [aws_security_group.build.id]
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted = true
  }
}
