resource "aws_lb" "demo" {
  name            = "demo"
  security_groups = [aws_security_group.alb.id, aws_security_group.demo.id]
  subnets         = values(aws_subnet.public)[*].id
}
resource "aws_security_group" "demo" {
  name   = "demo"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_lb_target_group" "demo" {
  name     = "demo"
  port     = 11434
  protocol = "HTTP"
  vpc_id   = aws_vpc.translator.id
}
resource "aws_lb_listener" "demo" {
  load_balancer_arn = aws_lb.demo.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.demo.arn
  }
}
