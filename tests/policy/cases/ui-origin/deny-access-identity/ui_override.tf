# why: An origin access identity is the predecessor, without signing of every request.

resource "aws_cloudfront_distribution" "ui" {
  origin {
    origin_id   = "page"
    domain_name = aws_s3_bucket.ui.bucket_regional_domain_name
    s3_origin_config {
      origin_access_identity = aws_cloudfront_origin_access_identity.ui.cloudfront_access_identity_path
    }
  }
}
