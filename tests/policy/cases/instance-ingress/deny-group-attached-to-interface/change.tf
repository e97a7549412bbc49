# why: aws_network_interface_sg_attachment adds an open group to the instance's own interface.

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
  name   = "break-glass"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_network_interface_sg_attachment" "extra" {
  security_group_id    = aws_security_group.open.id
  network_interface_id = aws_instance.extra.primary_network_interface_id
}
