# why: The script exports the origin, in double quotes.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#!/bin/sh\nexport OLLAMA_HOST=\"0.0.0.0:11434\"\nexport OLLAMA_ORIGINS=\"https://translate.corp.example\"\nexec ollama serve\n")
}
