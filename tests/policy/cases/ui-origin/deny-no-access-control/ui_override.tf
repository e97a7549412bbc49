# why: The origin names no origin access control.

resource "aws_cloudfront_distribution" "ui" {
  origin {
    origin_id   = "page"
    domain_name = aws_s3_bucket.ui.bucket_regional_domain_name
  }
}
