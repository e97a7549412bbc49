# why: 11434 from everywhere: that no route leads in does not excuse the rule.

resource "aws_vpc_security_group_ingress_rule" "from_alb" {
  referenced_security_group_id = null
  cidr_ipv4                    = "0.0.0.0/0"
}
