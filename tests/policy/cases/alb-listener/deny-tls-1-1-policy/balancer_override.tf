# why: A policy of TLS 1.3 whose minimum is 1.1.

resource "aws_lb_listener" "https" {
  ssl_policy = "ELBSecurityPolicy-TLS13-1-1-2021-06"
}
