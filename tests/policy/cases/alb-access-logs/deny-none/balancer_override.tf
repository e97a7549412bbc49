# why: There are connection logs and no access logs.

resource "aws_lb" "translator" {
  dynamic "access_logs" {
    for_each = []
    content {
      bucket  = aws_s3_bucket.logs.bucket
      enabled = true
    }
  }
  connection_logs {
    bucket  = aws_s3_bucket.logs.bucket
    enabled = true
  }
}
