# why: The group names the template by its name, which AWS makes up, for the name is null.

resource "aws_launch_template" "ollama" {
  name        = var.fixed ? "translator-ollama" : null
  name_prefix = var.fixed ? null : "translator-"
}

resource "aws_autoscaling_group" "ollama" {
  launch_template {
    name    = aws_launch_template.ollama.name
    version = aws_launch_template.ollama.latest_version
  }
}
