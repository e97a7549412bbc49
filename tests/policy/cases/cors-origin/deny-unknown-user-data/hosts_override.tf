# why: The origin is known after the apply.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#!/bin/sh\nexport OLLAMA_ORIGINS=${terraform_data.origin.output}\nollama serve\n")
}
