# why: The listener forwards to a target group without members, not to the instances'.

resource "aws_lb_listener" "https" {
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.empty.arn
  }
}
