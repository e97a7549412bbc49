# why: A peering with a route in the private table joins another network to the instances.

resource "aws_vpc_peering_connection" "partner" {
  vpc_id        = aws_vpc.translator.id
  peer_vpc_id   = "vpc-0aaaabbbbccccdddd"
  peer_owner_id = "210987654321"
}
resource "aws_route" "partner" {
  route_table_id            = aws_route_table.private.id
  destination_cidr_block    = "172.16.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.partner.id
}
