# why: Routes are resources of their own, and `route = null` says nothing; IPv6 goes out by an egress-only gateway, which lets nothing in.

resource "aws_vpc" "translator" {
  assign_generated_ipv6_cidr_block = true
}
resource "aws_route_table" "public" {
  route = null
}
resource "aws_route_table" "private" {
  route = null
}
