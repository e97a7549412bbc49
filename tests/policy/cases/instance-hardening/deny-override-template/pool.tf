# why: The template of one override of a mixed-instances policy answers version 1 of the metadata service.

resource "aws_launch_template" "spare" {
  name                   = "translator-spare"
  image_id               = "ami-0123456789abcdef0"
  vpc_security_group_ids = [aws_security_group.instance.id]
  user_data              = aws_launch_template.ollama.user_data
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      encrypted = true
    }
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
        version            = "$Latest"
      }
      override {
        instance_type = "g5.xlarge"
        launch_template_specification {
          launch_template_id = aws_launch_template.spare.id
          version            = "$Latest"
        }
      }
    }
  }
}
