# why: The rule's range is ignored, so the live, open one stays.

resource "aws_vpc_security_group_ingress_rule" "clients" {
  lifecycle {
    ignore_changes = [cidr_ipv4]
  }
}
