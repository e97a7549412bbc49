# why: The configuration is right, but ignore_changes keeps the live user data with a star.

resource "aws_launch_template" "ollama" {
  lifecycle {
    ignore_changes = [user_data]
  }
}
