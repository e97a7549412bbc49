# why: The public access block belongs to the log bucket.

resource "aws_s3_bucket_public_access_block" "ui" {
  bucket = aws_s3_bucket.logs.id
}
