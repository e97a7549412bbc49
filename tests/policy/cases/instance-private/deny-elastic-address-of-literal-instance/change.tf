# why: The public address is bound to an instance by its id, which may be one of the group's.

resource "aws_eip" "one" {
  domain   = "vpc"
  instance = "i-0123456789abcdef0"
}
