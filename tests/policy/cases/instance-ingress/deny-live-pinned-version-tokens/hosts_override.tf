# why: The new version of the template requires tokens, but the group pins version 1, which does not.

resource "aws_autoscaling_group" "ollama" {
  launch_template {
    id      = aws_launch_template.ollama.id
    version = "1"
  }
}
