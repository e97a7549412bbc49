resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.translator.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.ollama.arn
  }
}
