# why: The private subnets have no association and follow the main table, which leads to the internet gateway.

resource "aws_route_table_association" "private" {
  for_each = {}
}
