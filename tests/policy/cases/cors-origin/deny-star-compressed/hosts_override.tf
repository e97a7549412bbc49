# why: The star is inside compressed user data.

resource "aws_launch_template" "ollama" {
  user_data = base64gzip("#!/bin/sh\nexport OLLAMA_HOST=0.0.0.0:11434 OLLAMA_ORIGINS=*\nollama serve\n")
}
