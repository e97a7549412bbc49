# why: The condition is known and takes the open alternative.

variable "environment" {
  type    = string
  default = "dev"
}
locals {
  open = { dev = true, prod = false }
}
resource "aws_vpc_security_group_ingress_rule" "dev" {
  count             = lookup(local.open, var.environment, false) ? 1 : 0
  security_group_id = var.environment == "prod" ? aws_security_group.instance.id : aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = try(var.ranges.nothing, "0.0.0.0/0")
}
variable "ranges" {
  type    = any
  default = {}
}
