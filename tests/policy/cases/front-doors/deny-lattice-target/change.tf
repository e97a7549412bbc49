# why: VPC Lattice takes the load balancer as the target of a service.

resource "aws_vpclattice_target_group" "front" {
  name = "front"
  type = "ALB"
  config {
    port           = 443
    protocol       = "HTTPS"
    vpc_identifier = aws_vpc.translator.id
  }
}
resource "aws_vpclattice_target_group_attachment" "front" {
  target_group_identifier = aws_vpclattice_target_group.front.id
  target {
    id   = aws_lb.translator.arn
    port = 443
  }
}
