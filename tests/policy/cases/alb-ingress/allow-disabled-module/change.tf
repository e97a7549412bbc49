# why: A module with count 0 and a for_each over nothing make no resource, whatever they would open.

module "debug" {
  source = "./modules/open"
  count  = var.debug ? 1 : 0
  group  = aws_security_group.alb.id
}
variable "debug" {
  type    = bool
  default = false
}
resource "aws_vpc_security_group_ingress_rule" "exceptions" {
  for_each          = toset([])
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "-1"
  cidr_ipv4         = each.value
}
