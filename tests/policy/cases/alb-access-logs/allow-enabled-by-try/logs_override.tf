resource "aws_s3_bucket" "logs" {
  bucket        = null
  bucket_prefix = "translator-logs-"
}
