# why: The instances stand in the public subnets, whose route leads to the internet gateway.

resource "aws_autoscaling_group" "ollama" {
  vpc_zone_identifier = [for subnet in aws_subnet.public : subnet.id]
}
