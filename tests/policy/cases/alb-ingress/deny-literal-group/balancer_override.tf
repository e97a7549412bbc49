resource "aws_lb" "translator" {
  security_groups = toset([aws_security_group.alb.id, local.legacy])
}
