# why: No flow log.

resource "aws_flow_log" "vpc" {
  count = 0
}
