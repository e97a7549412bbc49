# why: Port 80 from the VPN: only 443 may reach the load balancer.

resource "aws_security_group_rule" "http" {
  type              = "ingress"
  security_group_id = aws_security_group.alb.id
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_blocks       = ["10.8.0.0/16"]
}
