# why: The log group is encrypted with a key of another account, by its ARN; the flow log comes from for_each.

resource "aws_cloudwatch_log_group" "flow" {
  kms_key_id = "arn:aws:kms:us-east-1:210987654321:key/0a1b2c3d-1111-2222-3333-444455556666"
}
resource "aws_flow_log" "vpc" {
  for_each = { translator = aws_vpc.translator.id }
  vpc_id   = each.value
}
