# why: One subnet of two is associated with the public route table.

resource "aws_route_table_association" "private" {
  route_table_id = each.key == "b" ? aws_route_table.public.id : aws_route_table.private.id
}
