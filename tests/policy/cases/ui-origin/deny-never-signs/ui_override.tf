# why: The origin access control never signs.

resource "aws_cloudfront_origin_access_control" "ui" {
  signing_behavior = "never"
}
