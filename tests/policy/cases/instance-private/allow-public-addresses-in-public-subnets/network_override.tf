# why: Only the public subnets hand out public addresses, and no instance stands there.

resource "aws_subnet" "public" {
  map_public_ip_on_launch = true
}
