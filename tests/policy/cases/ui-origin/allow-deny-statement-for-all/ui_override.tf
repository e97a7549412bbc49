# why: A statement for everybody that only denies makes nothing public.

resource "aws_s3_bucket_policy" "ui" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Page"
        Effect    = "Allow"
        Principal = { Service = ["cloudfront.amazonaws.com"] }
        Action    = ["s3:GetObject"]
        Resource  = ["${aws_s3_bucket.ui.arn}/*"]
        Condition = { StringEquals = { "AWS:SourceArn" = [aws_cloudfront_distribution.ui.arn] } }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.ui.arn, "${aws_s3_bucket.ui.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
