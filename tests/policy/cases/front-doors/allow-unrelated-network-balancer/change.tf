# why: A network load balancer of another VPC with its own targets; the names look like ours.

resource "aws_vpc" "mail" {
  cidr_block = "10.90.0.0/16"
}
resource "aws_flow_log" "mail" {
  vpc_id          = aws_vpc.mail.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.flow.arn
  iam_role_arn    = aws_iam_role.flow.arn
}
resource "aws_subnet" "mail" {
  vpc_id     = aws_vpc.mail.id
  cidr_block = "10.90.0.0/24"
}
resource "aws_lb" "mail" {
  name               = "ollama-translator-relay"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.mail.id]
}
resource "aws_lb_target_group" "mail" {
  name        = "ollama-relay"
  port        = 25
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.mail.id
}
resource "aws_lb_target_group_attachment" "mail" {
  target_group_arn = aws_lb_target_group.mail.arn
  target_id        = "10.90.0.25"
}
resource "aws_lb_listener" "mail" {
  load_balancer_arn = aws_lb.mail.arn
  port              = 25
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mail.arn
  }
}
