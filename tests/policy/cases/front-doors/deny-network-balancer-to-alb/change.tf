# why: An internet-facing network load balancer forwards to ours; the packet then comes from its address.

resource "aws_lb" "front" {
  name               = "front"
  load_balancer_type = "network"
  subnets            = values(aws_subnet.public)[*].id
}
resource "aws_lb_target_group" "front" {
  name        = "front"
  port        = 443
  protocol    = "TCP"
  target_type = "alb"
  vpc_id      = aws_vpc.translator.id
}
resource "aws_lb_target_group_attachment" "front" {
  target_group_arn = aws_lb_target_group.front.arn
  target_id        = aws_lb.translator.id
  port             = 443
}
resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front.arn
  }
}
