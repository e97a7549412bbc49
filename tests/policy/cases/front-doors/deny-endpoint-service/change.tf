# why: An endpoint service offers a network load balancer before ours to other accounts.

resource "aws_lb" "private" {
  name               = "private"
  load_balancer_type = "network"
  internal           = true
  subnets            = values(aws_subnet.private)[*].id
}
resource "aws_lb_target_group" "private" {
  name        = "private"
  port        = 443
  protocol    = "TCP"
  target_type = "alb"
  vpc_id      = aws_vpc.translator.id
}
resource "aws_lb_target_group_attachment" "private" {
  target_group_arn = aws_lb_target_group.private.arn
  target_id        = aws_lb.translator.arn
}
resource "aws_lb_listener" "private" {
  load_balancer_arn = aws_lb.private.arn
  port              = 443
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.private.arn
  }
}
resource "aws_vpc_endpoint_service" "private" {
  acceptance_required        = false
  network_load_balancer_arns = [aws_lb.private.arn]
  allowed_principals         = ["*"]
}
