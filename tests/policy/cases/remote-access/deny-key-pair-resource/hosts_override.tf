# why: The key pair is made here, so its name is a reference.

resource "aws_launch_template" "ollama" {
  key_name = aws_key_pair.operations.id
}
