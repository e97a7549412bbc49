# why: No policy is named, and AWS's default accepts TLS 1.0.

resource "aws_lb_listener" "https" {
  ssl_policy = null
}
