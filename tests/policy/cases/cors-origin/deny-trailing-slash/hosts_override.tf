# why: Ollama compares whole origins, and an origin has no slash at its end.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#!/bin/sh\nexport OLLAMA_HOST=0.0.0.0:11434 OLLAMA_ORIGINS=https://translate.corp.example/\nollama serve\n")
}
