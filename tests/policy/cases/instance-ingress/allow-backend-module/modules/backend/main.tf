variable "place" {
  type = object({ vpc = string, subnets = list(string) })
}
variable "groups" {
  type = list(string)
}
variable "origin" {
  type = string
}
resource "aws_lb_target_group" "this" {
  name     = "translator-ollama"
  port     = 11434
  protocol = "HTTP"
  vpc_id   = var.place.vpc
}
resource "aws_launch_template" "this" {
  name_prefix            = "translator-"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "g4dn.xlarge"
  vpc_security_group_ids = var.groups
  user_data              = base64encode("#!/bin/sh\nexport OLLAMA_HOST=0.0.0.0:11434 OLLAMA_ORIGINS=${var.origin}\nollama serve\n")
  metadata_options {
    http_tokens = "required"
  }
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      encrypted = true
    }
  }
}
resource "aws_autoscaling_group" "this" {
  name                = "translator-ollama"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = var.place.subnets
  target_group_arns   = [aws_lb_target_group.this.arn]
  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }
}
output "target" {
  value = { arn = aws_lb_target_group.this.arn, name = aws_lb_target_group.this.name }
}
