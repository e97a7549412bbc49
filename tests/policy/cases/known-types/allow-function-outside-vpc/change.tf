# why: A function with no VPC configuration, started by a schedule, reaches nothing inside.

resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = aws_iam_role.flow.arn
  runtime       = "python3.12"
  handler       = "index.handler"
  s3_bucket     = "reports-123456789012"
  s3_key        = "report.zip"
}
resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "cron(0 2 * * ? *)"
}
resource "aws_cloudwatch_event_target" "report" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.report.arn
}
resource "aws_lambda_permission" "report" {
  function_name = aws_lambda_function.report.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.nightly.arn
}
