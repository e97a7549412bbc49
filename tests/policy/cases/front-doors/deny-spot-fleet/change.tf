# why: A spot fleet puts more instances behind the target group, in an open group.

resource "aws_security_group" "spot" {
  name   = "spot"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["10.8.0.0/16"]
  }
}
resource "aws_spot_fleet_request" "more" {
  iam_fleet_role    = "arn:aws:iam::123456789012:role/spot-fleet"
  target_capacity   = 2
  target_group_arns = [aws_lb_target_group.ollama.arn]
  launch_specification {
    ami                    = "ami-0123456789abcdef0"
    instance_type          = "g4dn.xlarge"
    subnet_id              = aws_subnet.private["a"].id
    vpc_security_group_ids = [aws_security_group.spot.id]
    user_data              = aws_launch_template.ollama.user_data
  }
}
