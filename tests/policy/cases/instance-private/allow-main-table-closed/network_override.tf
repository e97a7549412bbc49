# why: The private subnets have no association and follow the VPC's main table, which knows the NAT gateway alone.

resource "aws_route_table_association" "private" {
  for_each = {}
}
