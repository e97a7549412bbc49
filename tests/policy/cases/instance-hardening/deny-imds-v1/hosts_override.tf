# why: Tokens are optional, so the metadata service still answers version 1.

resource "aws_launch_template" "ollama" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
}
