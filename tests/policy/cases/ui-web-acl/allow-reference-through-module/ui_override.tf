# why: The web ACL comes out of a module.

resource "aws_cloudfront_distribution" "ui" {
  web_acl_id = module.firewall.arn
}
