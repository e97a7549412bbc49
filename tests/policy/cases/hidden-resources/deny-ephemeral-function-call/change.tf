# why: An ephemeral resource calls a function at each apply and stands in no list of changes.

ephemeral "aws_lambda_invocation" "each_apply" {
  function_name = aws_iam_role.host.arn
  payload       = "{}"
}
