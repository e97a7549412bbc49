# why: A plain listener stands on a load balancer that a data source looks up, which may be the translator's.

data "aws_lb" "found" {
  tags = { vpc = aws_vpc.translator.id }
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = data.aws_lb.found.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.ollama.arn
  }
}
