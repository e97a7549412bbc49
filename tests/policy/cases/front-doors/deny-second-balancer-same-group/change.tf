# why: Another application's load balancer carries our group, so whoever rules it reaches the instances.

resource "aws_lb" "second" {
  name            = "intranet"
  internal        = true
  security_groups = [aws_security_group.alb.id]
  subnets         = values(aws_subnet.private)[*].id
  access_logs {
    bucket  = aws_s3_bucket.logs.bucket
    prefix  = "intranet"
    enabled = true
  }
}
resource "aws_lb_target_group" "second" {
  name        = "intranet"
  target_type = "lambda"
}
resource "aws_lb_listener" "second" {
  load_balancer_arn = aws_lb.second.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-7777-2222-3333-444455556666"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.second.arn
  }
}
