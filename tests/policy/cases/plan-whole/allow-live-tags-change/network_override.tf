# why: The whole design is live and only tags change, in place.

resource "aws_vpc" "translator" {
  tags = { Name = "translator", Owner = "0.0.0.0/0" }
}
resource "aws_subnet" "private" {
  tags = { Name = "private-${each.key}" }
}
