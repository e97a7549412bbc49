# why: The template's new version is closed, but the group pins version 1, which carries an open group.

resource "aws_autoscaling_group" "ollama" {
  launch_template {
    id      = aws_launch_template.ollama.id
    version = "1"
  }
}
