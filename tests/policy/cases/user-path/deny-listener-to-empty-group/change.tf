resource "aws_lb_target_group" "empty" {
  name     = "empty"
  port     = 11434
  protocol = "HTTP"
  vpc_id   = aws_vpc.translator.id
}
