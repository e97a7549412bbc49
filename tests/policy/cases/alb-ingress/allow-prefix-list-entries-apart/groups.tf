# why: The prefix list's entries are resources of their own, one of them in IPv6's list.

resource "aws_security_group" "alb" {
  name        = "translator-alb"
  description = "The translator's load balancer"
  vpc_id      = aws_vpc.translator.id
}

resource "aws_security_group" "instance" {
  name        = "translator-instance"
  description = "The translator's inference instances"
  vpc_id      = aws_vpc.translator.id
}

resource "aws_ec2_managed_prefix_list" "vpn" {
  name           = "vpn"
  address_family = "IPv4"
  max_entries    = 5
}
resource "aws_ec2_managed_prefix_list_entry" "vpn" {
  for_each       = toset(["10.8.0.0/16", "203.0.113.0/24"])
  prefix_list_id = aws_ec2_managed_prefix_list.vpn.id
  cidr           = each.value
}
resource "aws_ec2_managed_prefix_list" "vpn6" {
  name           = "vpn6"
  address_family = "IPv6"
  max_entries    = 1
  entry {
    cidr = "2001:db8:8::/48"
  }
}
resource "aws_security_group_rule" "https" {
  type              = "ingress"
  security_group_id = aws_security_group.alb.id
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_ids   = [aws_ec2_managed_prefix_list.vpn.id, aws_ec2_managed_prefix_list.vpn6.id]
}

resource "aws_vpc_security_group_egress_rule" "to_instances" {
  security_group_id            = aws_security_group.alb.id
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = aws_security_group.instance.id
}

resource "aws_vpc_security_group_ingress_rule" "from_alb" {
  security_group_id            = aws_security_group.instance.id
  ip_protocol                  = "tcp"
  from_port                    = 11434
  to_port                      = 11434
  referenced_security_group_id = aws_security_group.alb.id
}

resource "aws_vpc_security_group_egress_rule" "downloads" {
  security_group_id = aws_security_group.instance.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
