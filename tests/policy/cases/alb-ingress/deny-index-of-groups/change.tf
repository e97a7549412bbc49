# why: The open rule goes to an element of a list of groups: the load balancer's.

resource "aws_vpc_security_group_ingress_rule" "open" {
  count             = 1
  security_group_id = [aws_security_group.unused.id, aws_security_group.alb.id][count.index + 1]
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
resource "aws_security_group" "unused" {
  name   = "unused"
  vpc_id = aws_vpc.translator.id
}
