# why: A bare interface carries the load balancer's group, so whatever it is attached to reaches the instances.

resource "aws_network_interface" "spare" {
  subnet_id       = aws_subnet.public["a"].id
  security_groups = [aws_security_group.alb.id]
}
