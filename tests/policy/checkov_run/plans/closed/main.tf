terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "vpn_cidrs" {
  type    = set(string)
  default = ["10.8.0.0/16", "2001:db8:8::/48"]
}

resource "aws_kms_key" "logs" {
  enable_key_rotation = true
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" }]
  })
}

# Its key's ARN is known only after the apply.
resource "aws_cloudwatch_log_group" "app" {
  name              = "app"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.logs.arn
}

# Its text is known only after the apply.
resource "aws_iam_role_policy" "logs" {
  role = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "logs:PutLogEvents", Resource = "${aws_cloudwatch_log_group.app.arn}:*" }]
  })
}

resource "aws_security_group" "alb" {
  name        = "alb"
  description = "Load balancer"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "instance" {
  name        = "instance"
  description = "Instances"
  vpc_id      = "vpc-0123456789abcdef0"
  ingress {
    description     = "Ollama from the load balancer"
    protocol        = "tcp"
    from_port       = 11434
    to_port         = 11434
    security_groups = [aws_security_group.alb.id]
  }
}

# One of the two ranges is null in each rule.
resource "aws_vpc_security_group_ingress_rule" "vpn" {
  for_each          = var.vpn_cidrs
  description       = "HTTPS from the VPN"
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = strcontains(each.value, ":") ? null : each.value
  cidr_ipv6         = strcontains(each.value, ":") ? each.value : null
}

resource "aws_security_group_rule" "alb" {
  description              = "Ollama from the load balancer"
  type                     = "ingress"
  security_group_id        = aws_security_group.instance.id
  protocol                 = "tcp"
  from_port                = 11434
  to_port                  = 11434
  source_security_group_id = aws_security_group.alb.id
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/0123456789abcdef"
  }
}
