# why: A Global Accelerator gives the load balancer two more addresses on the internet.

resource "aws_globalaccelerator_accelerator" "front" {
  name = "front"
}
resource "aws_globalaccelerator_listener" "front" {
  accelerator_arn = aws_globalaccelerator_accelerator.front.id
  protocol        = "TCP"
  port_range {
    from_port = 443
    to_port   = 443
  }
}
resource "aws_globalaccelerator_endpoint_group" "front" {
  listener_arn = aws_globalaccelerator_listener.front.id
  endpoint_configuration {
    endpoint_id = aws_lb.translator.arn
  }
}
