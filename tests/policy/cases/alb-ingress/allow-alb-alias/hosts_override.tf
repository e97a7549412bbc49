resource "aws_autoscaling_group" "ollama" {
  target_group_arns = [aws_alb_target_group.ollama.arn]
}
