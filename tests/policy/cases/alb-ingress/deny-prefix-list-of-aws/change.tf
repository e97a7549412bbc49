# why: What a prefix list made elsewhere holds (here CloudFront's) is not in the plan.

resource "aws_vpc_security_group_ingress_rule" "cloudfront" {
  security_group_id = aws_security_group.alb.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = "pl-3b927c52"
}
