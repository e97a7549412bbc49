# why: A security group attachment gives the load balancer's group to an interface that the plan does not know.

resource "aws_network_interface_sg_attachment" "spare" {
  security_group_id    = aws_security_group.alb.id
  network_interface_id = "eni-0aaaabbbbccccdddd"
}
