# why: Another account gets the load balancer's group and a subnet, and starts what it likes with them.

resource "aws_ram_resource_share" "shared" {
  name                      = "shared"
  allow_external_principals = true
}

resource "aws_ram_principal_association" "shared" {
  principal          = "210987654321"
  resource_share_arn = aws_ram_resource_share.shared.arn
}

resource "aws_ram_resource_association" "group" {
  resource_arn       = aws_security_group.alb.arn
  resource_share_arn = aws_ram_resource_share.shared.arn
}

resource "aws_subnet" "shared" {
  vpc_id     = aws_vpc.translator.id
  cidr_block = "10.20.50.0/24"
}

resource "aws_ram_resource_association" "subnet" {
  resource_arn       = aws_subnet.shared.arn
  resource_share_arn = aws_ram_resource_share.shared.arn
}
