# why: The group stands in the launch template's network interface.

resource "aws_launch_template" "ollama" {
  name_prefix   = "translator-"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "g4dn.xlarge"
  network_interfaces {
    device_index                = 0
    associate_public_ip_address = false
    security_groups             = [aws_security_group.instance.id]
  }
  user_data = base64encode("#!/bin/sh\nexport OLLAMA_ORIGINS=https://translate.corp.example OLLAMA_HOST=0.0.0.0:11434\nollama serve &\n")
  metadata_options {
    http_tokens = "required"
  }
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      encrypted = "true"
    }
  }
}
resource "aws_autoscaling_group" "ollama" {
  name                = "translator-ollama"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [for zone in keys(local.zones) : aws_subnet.private[zone].id]
  target_group_arns   = [aws_lb_target_group.ollama.arn]
  launch_template {
    name    = aws_launch_template.ollama.name
    version = "$Latest"
  }
}
