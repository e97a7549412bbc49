# why: The load balancer's groups are picked from a map by a condition that leaves the open one out.

resource "aws_lb" "translator" {
  security_groups = [for name, id in local.groups : id if name == "closed"]
}
