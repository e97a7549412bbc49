# why: The bucket's policy joins two documents, and both are known after the apply; the first only denies.

resource "aws_s3_bucket_policy" "ui" {
  policy = data.aws_iam_policy_document.ui.json
}
