# why: The block stands there, switched off.

resource "aws_lb" "translator" {
  access_logs {
    bucket  = aws_s3_bucket.logs.bucket
    enabled = false
  }
}
