resource "aws_elb" "classic" {
  name            = "classic"
  subnets         = values(aws_subnet.public)[*].id
  security_groups = [aws_security_group.alb.id]
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 11434
    instance_protocol = "http"
  }
}
