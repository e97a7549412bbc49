# why: A network load balancer that carries the load balancer's group takes the instances as its targets.

resource "aws_autoscaling_group" "ollama" {
  target_group_arns = [aws_lb_target_group.ollama.arn, aws_lb_target_group.raw.arn]
}
