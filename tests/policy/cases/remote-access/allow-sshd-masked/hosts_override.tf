# why: The boot script switches the SSH daemon off and says so.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-SCRIPT
    #!/bin/bash
    # Nobody logs in by ssh here: no key, no daemon.
    systemctl disable --now ssh.service ssh.socket || true
    systemctl mask ssh.service sshd.service
    cat > /etc/ollama.env <<CONF
    OLLAMA_HOST=0.0.0.0:11434
    OLLAMA_ORIGINS=https://translate.corp.example
    CONF
    systemctl restart ollama
  SCRIPT
  )
}
