# why: The page over HTTP is another origin.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#!/bin/sh\nexport OLLAMA_HOST=0.0.0.0:11434 OLLAMA_ORIGINS=http://translate.corp.example\nollama serve\n")
}
