# why: The bucket's ACL lets everybody read.

resource "aws_s3_bucket_ownership_controls" "ui" {
  bucket = aws_s3_bucket.ui.id
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}
resource "aws_s3_bucket_acl" "ui" {
  bucket     = aws_s3_bucket.ui.id
  acl        = "public-read"
  depends_on = [aws_s3_bucket_ownership_controls.ui]
}
