# why: The bucket's policy is a data source's document, whose text is known after the apply; its statements are in the configuration.

resource "aws_s3_bucket_policy" "ui" {
  policy = data.aws_iam_policy_document.ui.json
}
