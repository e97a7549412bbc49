# why: Two files say the same origin.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-SCRIPT
    #!/bin/bash
    echo 'OLLAMA_ORIGINS=https://translate.corp.example' >> /etc/environment
    echo 'OLLAMA_HOST=0.0.0.0:11434' >> /etc/environment
    printf '%s\n' '[Service]' 'Environment="OLLAMA_ORIGINS=https://translate.corp.example"' > /etc/systemd/system/ollama.service.d/o.conf
  SCRIPT
  )
}
