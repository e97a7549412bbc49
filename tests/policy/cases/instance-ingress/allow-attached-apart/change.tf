resource "aws_autoscaling_attachment" "ollama" {
  autoscaling_group_name = aws_autoscaling_group.ollama.name
  lb_target_group_arn    = aws_lb_target_group.ollama.arn
}
