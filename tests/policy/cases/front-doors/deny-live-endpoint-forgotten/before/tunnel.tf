resource "aws_ec2_instance_connect_endpoint" "tunnel" {
  subnet_id          = aws_subnet.private["b"].id
  security_group_ids = [aws_security_group.alb.id]
}
