# why: Another VPC holds a group of the same name, open and carried by a machine there.

resource "aws_vpc" "sandbox" {
  cidr_block = "10.77.0.0/16"
}
resource "aws_flow_log" "sandbox" {
  vpc_id          = aws_vpc.sandbox.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.flow.arn
  iam_role_arn    = aws_iam_role.flow.arn
}
resource "aws_subnet" "sandbox" {
  vpc_id     = aws_vpc.sandbox.id
  cidr_block = "10.77.0.0/24"
}
resource "aws_security_group" "sandbox" {
  name        = "translator-alb"
  description = "The translator's load balancer"
  vpc_id      = aws_vpc.sandbox.id
  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["10.77.0.0/16"]
  }
}
resource "aws_instance" "sandbox" {
  ami                    = "ami-0fedcba9876543210"
  instance_type          = "t3.large"
  subnet_id              = aws_subnet.sandbox.id
  vpc_security_group_ids = [aws_security_group.sandbox.id]
  tags                   = { Name = "ollama-inference" }
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted = true
  }
}
