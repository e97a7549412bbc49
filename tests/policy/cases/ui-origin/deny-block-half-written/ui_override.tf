# why: Two of the four settings are left to their default, which is false.

resource "aws_s3_bucket_public_access_block" "ui" {
  ignore_public_acls      = null
  restrict_public_buckets = null
}
