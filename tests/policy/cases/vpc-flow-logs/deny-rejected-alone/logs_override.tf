# why: What is let through is not logged.

resource "aws_flow_log" "vpc" {
  traffic_type = "REJECT"
}
