# why: The launch template is replaced and its group updated in place; what comes after is the same design.

resource "aws_launch_template" "ollama" {
  name = "translator-ollama-next"
  lifecycle {
    create_before_destroy = true
  }
}
