# why: The boot script installs and starts an SSH daemon.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-SCRIPT
    #!/bin/bash
    export OLLAMA_ORIGINS=https://translate.corp.example OLLAMA_HOST=0.0.0.0:11434
    apt-get install -y openssh-server
    systemctl enable --now ssh
    ollama serve &
  SCRIPT
  )
}
