# why: A function carries the load balancer's group, by way of a module.

module "jobs" {
  source  = "./modules/jobs"
  network = { subnets = values(aws_subnet.private)[*].id, group = aws_security_group.alb.id }
  role    = aws_iam_role.flow.arn
}
