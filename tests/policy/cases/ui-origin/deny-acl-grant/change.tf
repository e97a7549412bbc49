# why: A grant to all users, spelt out.

resource "aws_s3_bucket_acl" "ui" {
  bucket = aws_s3_bucket.ui.id
  access_control_policy {
    owner {
      id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    }
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
  }
}
