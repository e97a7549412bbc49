# why: The whole user data is compressed.

resource "aws_launch_template" "ollama" {
  user_data = base64gzip("#!/bin/sh\nexport OLLAMA_HOST=0.0.0.0:11434 OLLAMA_ORIGINS=https://translate.corp.example\nollama serve\n")
}
