# why: The open rule is made two modules deep, for a group whose id went down and came up through outputs.

module "edge" {
  source = "./modules/edge"
  groups = { front = aws_security_group.alb.id, back = aws_security_group.instance.id }
}
