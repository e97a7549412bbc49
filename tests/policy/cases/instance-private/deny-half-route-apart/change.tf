# why: The default route leads to the NAT gateway, a longer one for half of the internet to the internet gateway.

resource "aws_route" "half" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "128.0.0.0/1"
  gateway_id             = aws_internet_gateway.translator.id
}
