# why: A classic load balancer takes the instances by their Auto Scaling group.

resource "aws_autoscaling_group" "ollama" {
  load_balancers = [aws_elb.classic.name]
}
