# why: systemd's Environment without quotes, more than one assignment to a line.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-SCRIPT
    #!/bin/bash
    cat > /etc/systemd/system/ollama.service.d/10.conf <<CONF
    [Service]
    Environment=OLLAMA_HOST=0.0.0.0:11434 OLLAMA_ORIGINS=https://translate.corp.example
    CONF
    systemctl daemon-reload && systemctl restart ollama
  SCRIPT
  )
}
