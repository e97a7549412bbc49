resource "aws_lb" "raw" {
  name               = "raw"
  load_balancer_type = "network"
  subnets            = values(aws_subnet.public)[*].id
  security_groups    = [aws_security_group.alb.id]
}
resource "aws_lb_target_group" "raw" {
  name     = "raw"
  port     = 11434
  protocol = "TCP"
  vpc_id   = aws_vpc.translator.id
}
resource "aws_lb_listener" "raw" {
  load_balancer_arn = aws_lb.raw.arn
  port              = 11434
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.raw.arn
  }
}
