# why: The configuration names a good policy, but ignore_changes keeps the live, old one.

resource "aws_lb_listener" "https" {
  lifecycle {
    ignore_changes = [ssl_policy]
  }
}
