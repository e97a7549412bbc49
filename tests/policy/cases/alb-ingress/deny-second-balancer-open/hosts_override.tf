# why: Another load balancer, open to the internet, forwards to the same instances.

resource "aws_autoscaling_group" "ollama" {
  target_group_arns = [aws_lb_target_group.ollama.arn, aws_lb_target_group.demo.arn]
}
