# why: The web ACL is a regional one, which CloudFront does not take.

resource "aws_cloudfront_distribution" "ui" {
  web_acl_id = aws_wafv2_web_acl.ui.arn
}
