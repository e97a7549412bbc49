# why: Network ACLs that let exactly the required packets and their answers through.

resource "aws_network_acl" "public" {
  vpc_id     = aws_vpc.translator.id
  subnet_ids = values(aws_subnet.public)[*].id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "6"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}
resource "aws_network_acl" "private" {
  vpc_id = aws_vpc.translator.id
}
resource "aws_network_acl_association" "private" {
  for_each       = aws_subnet.private
  network_acl_id = aws_network_acl.private.id
  subnet_id      = each.value.id
}
resource "aws_network_acl_rule" "private" {
  for_each = {
    ollama  = { egress = false, from = 11434, to = 11434, cidr = "10.20.0.0/16" }
    answers = { egress = false, from = 1024, to = 65535, cidr = "0.0.0.0/0" }
    back    = { egress = true, from = 1024, to = 65535, cidr = "10.20.0.0/16" }
    https   = { egress = true, from = 443, to = 443, cidr = "0.0.0.0/0" }
  }
  network_acl_id = aws_network_acl.private.id
  rule_number    = 100 + index(["ollama", "answers", "back", "https"], each.key)
  egress         = each.value.egress
  protocol       = "tcp"
  rule_action    = "allow"
  from_port      = each.value.from
  to_port        = each.value.to
  cidr_block     = each.value.cidr
}
