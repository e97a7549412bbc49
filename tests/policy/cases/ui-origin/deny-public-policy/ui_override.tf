# why: Everybody may read the bucket.

resource "aws_s3_bucket_policy" "ui" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.ui.arn}/*"
    }]
  })
}
