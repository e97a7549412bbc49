# why: The public route table is associated with subnets that a data source lists, the private ones among them.

resource "aws_route_table_association" "private" {
  for_each       = local.zones
  subnet_id      = data.aws_subnets.all.ids[each.value]
  route_table_id = aws_route_table.public.id
}
