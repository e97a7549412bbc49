# why: Port 443, but it speaks HTTP.

resource "aws_lb_listener" "https" {
  protocol        = "HTTP"
  ssl_policy      = null
  certificate_arn = null
}
