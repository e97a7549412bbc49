# why: The group's id is taken from the VPC's attribute; the rule opens the group that the load balancer carries.

resource "aws_lb" "translator" {
  security_groups = [aws_security_group.alb.id, aws_vpc.translator.default_security_group_id]
}
