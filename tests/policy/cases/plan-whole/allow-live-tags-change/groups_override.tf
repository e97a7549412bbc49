resource "aws_security_group" "alb" {
  tags = { Name = "alb" }
}
