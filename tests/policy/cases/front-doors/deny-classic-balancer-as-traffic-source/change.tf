# why: A traffic source attachment puts the instances behind a classic load balancer, which it names by name.

resource "aws_elb" "classic" {
  name    = "classic"
  subnets = [aws_subnet.public["a"].id]

  listener {
    instance_port     = 11434
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_autoscaling_traffic_source_attachment" "classic" {
  autoscaling_group_name = aws_autoscaling_group.ollama.name

  traffic_source {
    identifier = aws_elb.classic.name
    type       = "elb"
  }
}
