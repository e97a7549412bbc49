# why: An API Gateway link puts interfaces with the load balancer's group into the VPC, and an API on the internet before it.

resource "aws_apigatewayv2_api" "front" {
  name          = "front"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_vpc_link" "front" {
  name               = "front"
  security_group_ids = [aws_security_group.alb.id]
  subnet_ids         = values(aws_subnet.private)[*].id
}
resource "aws_apigatewayv2_integration" "front" {
  api_id             = aws_apigatewayv2_api.front.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.front.id
  integration_uri    = aws_lb_listener.https.arn
}
