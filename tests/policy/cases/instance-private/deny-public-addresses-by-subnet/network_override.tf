# why: The subnets hand out public addresses, and the instances stand in them.

resource "aws_subnet" "private" {
  map_public_ip_on_launch = true
}
resource "aws_route_table_association" "private" {
  route_table_id = aws_route_table.public.id
}
