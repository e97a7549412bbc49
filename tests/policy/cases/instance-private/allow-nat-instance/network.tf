# why: An instance with a public address of its own does the NAT; it serves nobody and stands in a public subnet.

resource "aws_route" "out" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.nat.primary_network_interface_id
}

resource "aws_security_group" "nat" {
  name   = "nat"
  vpc_id = aws_vpc.translator.id

  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.20.0.0/16"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "nat" {
  ami                         = "ami-0fedcba9876543210"
  instance_type               = "t4g.nano"
  subnet_id                   = aws_subnet.public["a"].id
  source_dest_check           = false
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.nat.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }
}

locals {
  zones = { a = 0, b = 1 }
}

resource "aws_vpc" "translator" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true
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

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.translator.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.translator.id
  }
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
