# why: HTTPS without a certificate.

resource "aws_lb_listener" "https" {
  certificate_arn = null
}
