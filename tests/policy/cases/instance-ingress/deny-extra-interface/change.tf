# why: An interface with an open group is attached to an instance behind the target group.

resource "aws_instance" "extra" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "g4dn.xlarge"
  subnet_id              = aws_subnet.private["a"].id
  vpc_security_group_ids = [aws_security_group.instance.id]
  user_data_base64       = aws_launch_template.ollama.user_data
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted = true
  }
}
resource "aws_lb_target_group_attachment" "extra" {
  target_group_arn = aws_lb_target_group.ollama.arn
  target_id        = aws_instance.extra.id
}
resource "aws_security_group" "open" {
  name   = "storage"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 11434
    to_port     = 11434
    cidr_blocks = ["10.0.0.0/8"]
  }
}
resource "aws_network_interface" "extra" {
  subnet_id       = aws_subnet.private["a"].id
  security_groups = [aws_security_group.open.id]
}
resource "aws_network_interface_attachment" "extra" {
  instance_id          = aws_instance.extra.id
  network_interface_id = aws_network_interface.extra.id
  device_index         = 1
}
