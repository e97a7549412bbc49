# why: The default action forwards by a block with one target group.

resource "aws_lb_listener" "https" {
  default_action {
    type = "forward"
    forward {
      target_group {
        arn    = aws_lb_target_group.ollama.arn
        weight = 100
      }
    }
  }
}
