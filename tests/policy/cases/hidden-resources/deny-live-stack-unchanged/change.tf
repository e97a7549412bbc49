# why: The stack is live already and stays; what it made stays with it.

resource "aws_cloudformation_stack" "more" {
  name          = "more"
  template_body = jsonencode({ Resources = { Topic = { Type = "AWS::SNS::Topic" } } })
}
