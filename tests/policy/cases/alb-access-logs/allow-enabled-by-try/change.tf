locals {
  access_logs = { bucket = aws_s3_bucket.logs.id }
}
