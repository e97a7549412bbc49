# why: The public access block is switched off by count.

resource "aws_s3_bucket_public_access_block" "ui" {
  count = 0
}
