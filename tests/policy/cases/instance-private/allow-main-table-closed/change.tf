resource "aws_main_route_table_association" "private" {
  vpc_id         = aws_vpc.translator.id
  route_table_id = aws_route_table.private.id
}
