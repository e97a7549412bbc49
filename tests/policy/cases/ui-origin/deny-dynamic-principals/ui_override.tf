# why: A dynamic block, over a set that is known after the apply, writes everybody into a statement of the document.

resource "aws_s3_bucket_policy" "ui" {
  policy = data.aws_iam_policy_document.ui.json
}
