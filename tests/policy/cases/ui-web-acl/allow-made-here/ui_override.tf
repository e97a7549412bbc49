# why: The web ACL is made beside the distribution.

resource "aws_cloudfront_distribution" "ui" {
  web_acl_id = aws_wafv2_web_acl.ui.arn
}
