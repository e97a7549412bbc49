resource "aws_launch_template" "arm" {
  name                   = "translator-arm"
  image_id               = "ami-0fedcba9876543210"
  vpc_security_group_ids = [aws_security_group.arm.id]
  user_data              = aws_launch_template.ollama.user_data
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
resource "aws_security_group" "arm" {
  name   = "arm"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 11434
    to_port     = 11434
    cidr_blocks = ["10.20.0.0/16"]
  }
}
resource "aws_autoscaling_group" "pool" {
  name                = "translator-pool"
  min_size            = 0
  max_size            = 2
  vpc_zone_identifier = values(aws_subnet.private)[*].id
  target_group_arns   = [aws_lb_target_group.ollama.arn]
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.ollama.id
      }
      override {
        instance_type = "g4dn.xlarge"
      }
      override {
        instance_type = "g5g.xlarge"
        launch_template_specification {
          launch_template_id = aws_launch_template.arm.id
        }
      }
    }
  }
}
