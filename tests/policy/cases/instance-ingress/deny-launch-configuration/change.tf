# why: A second group of instances behind the target group comes from an old launch configuration with an open group.

resource "aws_security_group" "old" {
  name   = "old"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 65535
    cidr_blocks = ["10.20.0.0/16"]
  }
}
resource "aws_launch_configuration" "old" {
  name            = "translator-old"
  image_id        = "ami-0123456789abcdef0"
  instance_type   = "g4dn.xlarge"
  security_groups = [aws_security_group.old.id]
  user_data       = "#!/bin/sh\nexport OLLAMA_ORIGINS=https://translate.corp.example OLLAMA_HOST=0.0.0.0:11434\nollama serve &\n"
  metadata_options {
    http_tokens   = "required"
    http_endpoint = "enabled"
  }
  root_block_device {
    encrypted = true
  }
}
resource "aws_autoscaling_group" "old" {
  name                 = "translator-old"
  min_size             = 1
  max_size             = 1
  vpc_zone_identifier  = [aws_subnet.private["a"].id]
  target_group_arns    = [aws_lb_target_group.ollama.arn]
  launch_configuration = aws_launch_configuration.old.name
}
