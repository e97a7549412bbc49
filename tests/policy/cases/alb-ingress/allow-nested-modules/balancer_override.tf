resource "aws_lb" "translator" {
  security_groups = module.groups.alb[*].id
}
