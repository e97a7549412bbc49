# why: The condition is known and leaves the web ACL out; it stands unused beside the distribution.

resource "aws_cloudfront_distribution" "ui" {
  web_acl_id = var.firewall ? aws_wafv2_web_acl.ui.arn : ""
}
