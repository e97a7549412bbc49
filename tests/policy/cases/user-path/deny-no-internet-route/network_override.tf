# why: The load balancer is internet-facing, but its subnets have no route to an internet gateway.

resource "aws_route_table" "public" {
  route = []
}
