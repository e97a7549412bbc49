# why: The flow log belongs to another VPC of the same plan.

resource "aws_flow_log" "vpc" {
  vpc_id = aws_vpc.other.id
}
