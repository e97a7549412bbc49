resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.translator.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.translator.id
  }
}
