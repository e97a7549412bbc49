# why: A monitoring group reaches 9100.

resource "aws_security_group" "monitoring" {
  name   = "monitoring"
  vpc_id = aws_vpc.translator.id
}
resource "aws_vpc_security_group_ingress_rule" "exporter" {
  security_group_id            = aws_security_group.instance.id
  ip_protocol                  = "tcp"
  from_port                    = 9100
  to_port                      = 9100
  referenced_security_group_id = aws_security_group.monitoring.id
}
