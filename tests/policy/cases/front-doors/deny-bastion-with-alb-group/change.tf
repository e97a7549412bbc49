# why: A bastion carries the load balancer's group beside its own.

resource "aws_security_group" "bastion" {
  name   = "bastion"
  vpc_id = aws_vpc.translator.id
}
resource "aws_instance" "bastion" {
  ami                    = "ami-0fedcba9876543210"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.public["a"].id
  vpc_security_group_ids = [aws_security_group.bastion.id, aws_security_group.alb.id]
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted = true
  }
}
