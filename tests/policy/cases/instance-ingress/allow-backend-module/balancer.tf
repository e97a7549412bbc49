resource "aws_lb" "translator" {
  name            = "translator"
  security_groups = [aws_security_group.alb.id]
  subnets         = values(aws_subnet.public)[*].id
  access_logs {
    bucket  = aws_s3_bucket.logs.bucket
    enabled = true
  }
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.translator.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
  default_action {
    type             = "forward"
    target_group_arn = module.backend.target.arn
  }
}
