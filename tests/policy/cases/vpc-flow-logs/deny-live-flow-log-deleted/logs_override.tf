# why: The flow log is live, and this plan deletes it.

resource "aws_flow_log" "vpc" {
  count = 0
}
