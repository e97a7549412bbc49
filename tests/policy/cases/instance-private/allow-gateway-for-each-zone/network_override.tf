# why: A NAT gateway and a route table for each zone.

resource "aws_eip" "nat" {
  for_each = local.zones
}
resource "aws_nat_gateway" "out" {
  for_each      = local.zones
  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
}
resource "aws_route_table" "private" {
  for_each = local.zones
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.out[each.key].id
  }
}
resource "aws_route_table_association" "private" {
  route_table_id = aws_route_table.private[each.key].id
}
