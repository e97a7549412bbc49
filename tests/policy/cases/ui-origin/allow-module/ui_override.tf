# why: Bucket, block and policy come from a module that several buckets use; an unrelated public bucket stands nowhere near.

resource "aws_s3_bucket_public_access_block" "ui" {
  bucket = aws_s3_bucket.ui.bucket
}
