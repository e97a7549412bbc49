# why: The origin's name is text around the bucket's id, and AWS makes up the bucket's name.

resource "aws_s3_bucket" "ui" {
  bucket        = null
  bucket_prefix = "translator-ui-"
}

resource "aws_cloudfront_distribution" "ui" {
  origin {
    origin_id                = "page"
    domain_name              = "${aws_s3_bucket.ui.id}.s3.us-east-1.amazonaws.com"
    origin_access_control_id = aws_cloudfront_origin_access_control.ui.id
  }
}
