# why: The page is served over HTTP as well.

resource "aws_cloudfront_distribution" "ui" {
  default_cache_behavior {
    target_origin_id       = "page"
    viewer_protocol_policy = "allow-all"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
}
