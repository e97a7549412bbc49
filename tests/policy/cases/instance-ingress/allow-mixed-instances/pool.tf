resource "aws_autoscaling_group" "pool" {
  name                = "translator-pool"
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = values(aws_subnet.private)[*].id
  target_group_arns   = [aws_lb_target_group.ollama.arn]
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.ollama.id
        version            = "$Default"
      }
      dynamic "override" {
        for_each = ["g4dn.xlarge", "g4dn.2xlarge", "g5.xlarge"]
        content {
          instance_type = override.value
        }
      }
    }
  }
}
