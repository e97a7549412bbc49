# why: The log group has no key.

resource "aws_cloudwatch_log_group" "flow" {
  kms_key_id = null
}
