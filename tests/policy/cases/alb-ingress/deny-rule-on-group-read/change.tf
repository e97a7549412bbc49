# why: The rule stands on a group that a data source looks up by the name of the load balancer's own.

data "aws_security_group" "found" {
  name = "translator-alb"

  filter {
    name   = "vpc-id"
    values = [aws_vpc.translator.id]
  }
}

resource "aws_vpc_security_group_ingress_rule" "world" {
  security_group_id = data.aws_security_group.found.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
