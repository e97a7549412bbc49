# why: The origin is the bucket's website endpoint, reached over HTTP without a signature.

resource "aws_cloudfront_distribution" "ui" {
  origin {
    origin_id   = "page"
    domain_name = "translator-ui-123456789012.s3-website-us-east-1.amazonaws.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
