# why: Another of the named policies that begin at TLS 1.2.

resource "aws_lb_listener" "https" {
  ssl_policy = "ELBSecurityPolicy-TLS13-1-3-2021-06"
}
