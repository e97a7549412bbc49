# why: A later file sets another value over the right one.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-SCRIPT
    #!/bin/bash
    printf '[Service]\nEnvironment="OLLAMA_ORIGINS=https://translate.corp.example"\n' > /etc/systemd/system/ollama.service.d/10.conf
    printf '[Service]\nEnvironment="OLLAMA_ORIGINS=*"\n' > /etc/systemd/system/ollama.service.d/99.conf
  SCRIPT
  )
}
