# why: aws_autoscaling_attachment joins the instances and the target group.

resource "aws_autoscaling_group" "ollama" {
  target_group_arns = null
}
