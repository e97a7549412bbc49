# why: A second policy and an access list name the page's bucket by an expression over its ARN, known after the apply.

locals {
  page = replace(aws_s3_bucket.ui.arn, "arn:aws:s3:::", "")
}

resource "aws_s3_bucket_acl" "second" {
  bucket = local.page
  acl    = "public-read"
}

resource "aws_s3_bucket_policy" "second" {
  bucket = local.page
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "*" }]
  })
}
