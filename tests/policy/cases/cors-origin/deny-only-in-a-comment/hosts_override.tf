# why: The right line is commented out.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#!/bin/sh\nexport OLLAMA_HOST=0.0.0.0:11434\n# export OLLAMA_ORIGINS=https://translate.corp.example\nollama serve\n")
}
