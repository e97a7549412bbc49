# why: The bucket serves itself as a website, over HTTP.

resource "aws_s3_bucket_website_configuration" "ui" {
  bucket = aws_s3_bucket.ui.id
  index_document {
    suffix = "index.html"
  }
}
