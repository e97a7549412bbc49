# why: A live interface endpoint carried the load balancer's group; this plan gives it one of its own.

resource "aws_security_group" "endpoints" {
  name   = "endpoints"
  vpc_id = aws_vpc.translator.id
}
resource "aws_vpc_endpoint" "logs" {
  vpc_id             = aws_vpc.translator.id
  service_name       = "com.amazonaws.us-east-1.logs"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = values(aws_subnet.private)[*].id
  security_group_ids = [aws_security_group.endpoints.id]
}
