# why: A plain volume is attached to an instance behind the target group.

resource "aws_instance" "extra" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "g4dn.xlarge"
  availability_zone      = "us-east-1a"
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
resource "aws_ebs_volume" "models" {
  availability_zone = "us-east-1a"
  size              = 200
}
resource "aws_volume_attachment" "models" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.extra.id
  volume_id   = aws_ebs_volume.models.id
}
