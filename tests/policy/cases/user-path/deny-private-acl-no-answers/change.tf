# why: 11434 may come in, but the instances' answers may not go out.

resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.translator.id
  subnet_ids = values(aws_subnet.private)[*].id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}
