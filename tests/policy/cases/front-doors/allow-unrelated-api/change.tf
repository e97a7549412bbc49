# why: An API on the internet before a function outside the VPC has nothing to do with the translator.

resource "aws_lambda_function" "feedback" {
  function_name = "feedback"
  role          = aws_iam_role.flow.arn
  runtime       = "python3.12"
  handler       = "index.handler"
  s3_bucket     = "feedback-code-123456789012"
  s3_key        = "feedback.zip"
}
resource "aws_apigatewayv2_api" "feedback" {
  name          = "feedback"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_integration" "feedback" {
  api_id                 = aws_apigatewayv2_api.feedback.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.feedback.invoke_arn
  payload_format_version = "2.0"
}
resource "aws_apigatewayv2_route" "feedback" {
  api_id    = aws_apigatewayv2_api.feedback.id
  route_key = "POST /feedback"
  target    = "integrations/${aws_apigatewayv2_integration.feedback.id}"
}
