# why: Whoever carries the other group reaches the load balancer; that is no VPN address.

resource "aws_security_group" "batch" {
  name   = "batch"
  vpc_id = aws_vpc.translator.id
}
resource "aws_vpc_security_group_ingress_rule" "batch" {
  security_group_id            = aws_security_group.alb.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.batch.id
}
