# why: The distribution names no web ACL.

resource "aws_cloudfront_distribution" "ui" {
  web_acl_id = null
}
