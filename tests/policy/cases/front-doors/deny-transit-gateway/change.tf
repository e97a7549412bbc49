# why: A transit gateway joins other networks to the private subnets.

resource "aws_ec2_transit_gateway" "hub" {
  auto_accept_shared_attachments = "enable"
}
resource "aws_ec2_transit_gateway_vpc_attachment" "translator" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.translator.id
  subnet_ids         = values(aws_subnet.private)[*].id
}
resource "aws_route" "hub" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "172.16.0.0/12"
  transit_gateway_id     = aws_ec2_transit_gateway.hub.id
}
