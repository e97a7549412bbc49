# why: One override of the mixed-instances policy uses another launch template, whose group is open.

resource "aws_autoscaling_group" "ollama" {
  launch_template {
    id      = aws_launch_template.ollama.id
    version = "$Latest"
  }
}
