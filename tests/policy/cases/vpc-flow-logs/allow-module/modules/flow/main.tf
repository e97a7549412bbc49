variable "vpc" {
  type = any
}
variable "key" {
  type = object({ arn = string })
}
resource "aws_cloudwatch_log_group" "this" {
  name       = "/flow/translator"
  kms_key_id = var.key.arn
}
resource "aws_flow_log" "this" {
  vpc_id               = var.vpc.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.this.arn
  iam_role_arn         = "arn:aws:iam::123456789012:role/flow"
}
