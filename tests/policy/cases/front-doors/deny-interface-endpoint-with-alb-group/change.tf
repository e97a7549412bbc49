# why: An interface endpoint carries the load balancer's group.

resource "aws_vpc_endpoint" "partner" {
  vpc_id             = aws_vpc.translator.id
  service_name       = "com.amazonaws.vpce.us-east-1.vpce-svc-0aaaabbbbccccdddd"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = values(aws_subnet.private)[*].id
  security_group_ids = [aws_security_group.alb.id]
}
