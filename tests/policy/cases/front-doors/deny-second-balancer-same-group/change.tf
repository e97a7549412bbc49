# why: A second application load balancer carries our group and so may reach the instances.

resource "aws_lb" "second" {
  name            = "intranet"
  internal        = true
  security_groups = [aws_security_group.alb.id]
  subnets         = values(aws_subnet.private)[*].id
}
resource "aws_lb_listener" "second" {
  load_balancer_arn = aws_lb.second.arn
  port              = 443
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.ollama.arn
  }
}
