# why: The right origin is only the beginning of another one.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#!/bin/sh\nexport OLLAMA_HOST=0.0.0.0:11434 OLLAMA_ORIGINS=https://translate.corp.example.net\nollama serve\n")
}
