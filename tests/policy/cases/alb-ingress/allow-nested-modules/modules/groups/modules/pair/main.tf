variable "from" {
  type = string
}
variable "to" {
  type = string
}
resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = var.to
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = var.from
}
resource "aws_vpc_security_group_egress_rule" "this" {
  security_group_id            = var.from
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = var.to
}
