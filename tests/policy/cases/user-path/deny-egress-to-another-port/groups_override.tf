# why: The load balancer may only send to port 8080.

resource "aws_vpc_security_group_egress_rule" "to_instances" {
  from_port = 8080
  to_port   = 8080
}
