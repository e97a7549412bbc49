# why: The script exports the origin in single quotes, on one line with others.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#!/bin/sh\nOLLAMA_HOST='0.0.0.0:11434' OLLAMA_ORIGINS='https://translate.corp.example' ollama serve &\n")
}
