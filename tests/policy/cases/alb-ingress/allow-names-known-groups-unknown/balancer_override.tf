resource "aws_lb" "translator" {
  security_groups = [aws_security_group.tier["front"].id]
}
