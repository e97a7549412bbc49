data "aws_iam_policy_document" "ui" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.ui.arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "AWS:SourceArn"
      values   = [aws_cloudfront_distribution.ui.arn]
    }
  }

  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.ui.arn}/*"]

    dynamic "principals" {
      for_each = toset([for arn in [aws_s3_bucket.ui.arn] : arn if arn != ""])

      content {
        type        = "*"
        identifiers = ["*"]
      }
    }
  }
}
