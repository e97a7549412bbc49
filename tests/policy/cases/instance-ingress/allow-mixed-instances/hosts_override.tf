# why: Overrides name instance types alone, so each instance comes from the one template.

resource "aws_launch_template" "ollama" {
  update_default_version = true
}
