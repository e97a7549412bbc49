# why: There is no user data at all.

resource "aws_launch_template" "ollama" {
  user_data = null
}
