# why: A second flow log for rejected packets alone takes nothing from the first.

resource "aws_flow_log" "rejected" {
  vpc_id          = aws_vpc.translator.id
  traffic_type    = "REJECT"
  log_destination = aws_cloudwatch_log_group.flow.arn
  iam_role_arn    = aws_iam_role.flow.arn
}
