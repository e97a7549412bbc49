# why: The first statement is right, the second lets any AWS principal list the bucket.

resource "aws_s3_bucket_policy" "ui" {
  policy = data.aws_iam_policy_document.ui.json
}
