# why: Which group the open rule belongs to is known after the apply; it may be the load balancer's.

resource "terraform_data" "group" {
  input = aws_security_group.alb.id
}
resource "aws_vpc_security_group_ingress_rule" "somewhere" {
  security_group_id = terraform_data.group.output
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
