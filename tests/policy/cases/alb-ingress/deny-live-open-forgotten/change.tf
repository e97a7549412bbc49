# why: `removed` with destroy = false: Terraform forgets the open rule, AWS does not.

removed {
  from = aws_vpc_security_group_ingress_rule.open
  lifecycle {
    destroy = false
  }
}
