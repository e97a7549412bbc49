# why: No origin is set, so the UI's own calls fail.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#!/bin/sh\nexport OLLAMA_HOST=0.0.0.0:11434\nollama serve\n")
}
