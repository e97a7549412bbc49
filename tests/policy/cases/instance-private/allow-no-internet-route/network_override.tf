# why: The instances reach S3 by a gateway endpoint and nothing else outside.

resource "aws_route_table" "private" {
  route = []
}
