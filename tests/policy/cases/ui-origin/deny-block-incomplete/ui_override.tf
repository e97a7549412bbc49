# why: Public policies are not blocked.

resource "aws_s3_bucket_public_access_block" "ui" {
  block_public_policy = false
}
