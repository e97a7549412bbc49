# why: Nothing registers with the target group.

resource "aws_autoscaling_group" "ollama" {
  target_group_arns = []
}
