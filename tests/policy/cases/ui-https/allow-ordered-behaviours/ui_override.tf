# why: More behaviours, from a dynamic block, all of them redirecting; an older policy of TLS 1.2.

resource "aws_cloudfront_distribution" "ui" {
  dynamic "ordered_cache_behavior" {
    for_each = toset(["/assets/*", "/fonts/*"])
    content {
      path_pattern           = ordered_cache_behavior.value
      target_origin_id       = "page"
      viewer_protocol_policy = "redirect-to-https"
      allowed_methods        = ["GET", "HEAD"]
      cached_methods         = ["GET", "HEAD"]
      cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/9f8e7d6c-1111-2222-3333-444455556666"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2019"
  }
}
