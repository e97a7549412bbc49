# why: The 2016 policy accepts TLS 1.0.

resource "aws_lb_listener" "https" {
  ssl_policy = "ELBSecurityPolicy-2016-08"
}
