# why: An internal load balancer in the private subnets; the VPN's own network joins outside this plan.

resource "aws_lb" "translator" {
  internal = true
  subnets  = values(aws_subnet.private)[*].id
}
