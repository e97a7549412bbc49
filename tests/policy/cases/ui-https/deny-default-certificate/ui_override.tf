# why: With CloudFront's own certificate the minimum is TLS 1.0, whatever stands beside it.

resource "aws_cloudfront_distribution" "ui" {
  aliases = null
  viewer_certificate {
    cloudfront_default_certificate = true
    minimum_protocol_version       = "TLSv1.2_2021"
  }
}
