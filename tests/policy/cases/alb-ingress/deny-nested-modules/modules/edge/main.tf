variable "groups" {
  type = map(string)
}
module "echo" {
  source = "./modules/echo"
  value  = var.groups
}
resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id = module.echo.value["front"]
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = module.echo.range
}
