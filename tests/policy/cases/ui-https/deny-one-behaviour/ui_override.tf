# why: The default redirects; one path does not.

resource "aws_cloudfront_distribution" "ui" {
  ordered_cache_behavior {
    path_pattern           = "/assets/*"
    target_origin_id       = "page"
    viewer_protocol_policy = "allow-all"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
}
