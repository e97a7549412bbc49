resource "aws_launch_template" "ollama" {
  metadata_options {
    http_tokens = "optional"
  }
}
