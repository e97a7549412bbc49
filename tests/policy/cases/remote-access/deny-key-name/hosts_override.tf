# why: The launch template names a key pair.

resource "aws_launch_template" "ollama" {
  key_name = "operations"
}
