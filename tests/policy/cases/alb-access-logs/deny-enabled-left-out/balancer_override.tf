# why: Left out, `enabled` is false.

resource "aws_lb" "translator" {
  access_logs {
    bucket = aws_s3_bucket.logs.bucket
    prefix = "alb"
  }
}
