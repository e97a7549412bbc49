# why: VPC logging comes from a module that is called for each VPC.

resource "aws_flow_log" "vpc" {
  count = 0
}
