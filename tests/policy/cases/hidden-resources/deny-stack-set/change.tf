# why: A stack set makes stacks in whole accounts.

resource "aws_cloudformation_stack_set" "baseline" {
  name             = "baseline"
  permission_model = "SERVICE_MANAGED"
  auto_deployment {
    enabled = true
  }
  template_body = jsonencode({ Resources = { Topic = { Type = "AWS::SNS::Topic" } } })
}
