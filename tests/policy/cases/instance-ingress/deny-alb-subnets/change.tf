# why: The public subnets hold more than the load balancer: 11434 from their range is not from the load balancer alone.

resource "aws_vpc_security_group_ingress_rule" "subnets" {
  for_each          = aws_subnet.public
  security_group_id = aws_security_group.instance.id
  ip_protocol       = "tcp"
  from_port         = 11434
  to_port           = 11434
  cidr_ipv4         = each.value.cidr_block
}
