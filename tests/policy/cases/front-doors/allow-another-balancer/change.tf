# why: Another application's load balancer, in its own group before its own functions, is not the translator's.

resource "aws_security_group" "intranet" {
  name   = "intranet"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.8.0.0/16"]
  }
}
resource "aws_lb" "intranet" {
  name            = "intranet"
  internal        = true
  security_groups = [aws_security_group.intranet.id]
  subnets         = values(aws_subnet.private)[*].id
  access_logs {
    bucket  = aws_s3_bucket.logs.bucket
    prefix  = "intranet"
    enabled = true
  }
}
resource "aws_lb_target_group" "intranet" {
  name        = "intranet"
  target_type = "lambda"
}
resource "aws_lb_listener" "intranet" {
  load_balancer_arn = aws_lb.intranet.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-7777-2222-3333-444455556666"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.intranet.arn
  }
}
