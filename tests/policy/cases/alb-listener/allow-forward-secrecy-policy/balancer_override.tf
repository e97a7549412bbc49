# why: An older named policy whose minimum is TLS 1.2, chosen by a variable.

resource "aws_lb_listener" "https" {
  ssl_policy = var.tls.policy
}
