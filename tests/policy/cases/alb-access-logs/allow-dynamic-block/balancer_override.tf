# why: The block is dynamic, and the condition for it holds.

resource "aws_lb" "translator" {
  dynamic "access_logs" {
    for_each = aws_s3_bucket.logs[*]
    content {
      bucket  = access_logs.value.id
      enabled = tobool("true")
    }
  }
}
