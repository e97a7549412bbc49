# why: The VPC has the VPN's own range, so that each of its hosts passes for a client.

resource "aws_vpc" "translator" {
  cidr_block = "10.8.0.0/16"
}

resource "aws_subnet" "public" {
  cidr_block = cidrsubnet("10.8.0.0/16", 8, each.value)
}

resource "aws_subnet" "private" {
  cidr_block = cidrsubnet("10.8.0.0/16", 8, 10 + each.value)
}
