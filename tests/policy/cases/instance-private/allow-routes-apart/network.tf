# why: Routes are resources of their own; IPv6 goes out by an egress-only gateway, which lets nothing in.

locals {
  zones = { a = 0, b = 1 }
}

resource "aws_vpc" "translator" {
  cidr_block                       = "10.20.0.0/16"
  enable_dns_hostnames             = true
  assign_generated_ipv6_cidr_block = true
}

resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.translator.id
}

resource "aws_internet_gateway" "translator" {
  vpc_id = aws_vpc.translator.id
}

resource "aws_subnet" "public" {
  for_each          = local.zones
  vpc_id            = aws_vpc.translator.id
  cidr_block        = cidrsubnet("10.20.0.0/16", 8, each.value)
  availability_zone = "us-east-1${each.key}"
}

resource "aws_subnet" "private" {
  for_each          = local.zones
  vpc_id            = aws_vpc.translator.id
  cidr_block        = cidrsubnet("10.20.0.0/16", 8, 10 + each.value)
  availability_zone = "us-east-1${each.key}"
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "out" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public["a"].id
  depends_on    = [aws_internet_gateway.translator]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.translator.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.translator.id
}

resource "aws_route_table_association" "public" {
  for_each       = aws_subnet.public
  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "private" {
  for_each       = aws_subnet.private
  subnet_id      = each.value.id
  route_table_id = aws_route_table.private.id
}
