# why: A Mainframe Modernization environment carries the load balancer's group.

resource "aws_m2_environment" "batch" {
  name                = "batch"
  engine_type         = "microfocus"
  instance_type       = "M2.m5.large"
  publicly_accessible = true
  security_group_ids  = [aws_security_group.alb.id]
  subnet_ids          = values(aws_subnet.public)[*].id
}
