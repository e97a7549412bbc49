# why: The Auto Scaling group may hold no instance at all.

resource "aws_autoscaling_group" "ollama" {
  min_size = 0
  max_size = 0
}
