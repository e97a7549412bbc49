# why: The private route table points at the internet gateway.

resource "aws_route_table" "private" {
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.translator.id
  }
}
