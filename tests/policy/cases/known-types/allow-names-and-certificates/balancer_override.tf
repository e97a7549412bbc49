resource "aws_lb_listener" "https" {
  certificate_arn = aws_acm_certificate_validation.api.certificate_arn
}
