# why: The logs go to a bucket of another account, by its name.

resource "aws_lb" "translator" {
  access_logs {
    bucket  = "central-logs-210987654321"
    enabled = true
  }
}
