# why: IPv4 is private, IPv6 leads to the internet gateway and addresses are global.

resource "aws_vpc" "translator" {
  assign_generated_ipv6_cidr_block = true
}
resource "aws_subnet" "private" {
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.translator.ipv6_cidr_block, 8, each.value)
  assign_ipv6_address_on_creation = true
}
