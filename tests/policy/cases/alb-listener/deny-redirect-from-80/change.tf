# why: A listener on port 80 is one too many, even if it only redirects.

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.translator.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
