# why: The boot script writes a key into authorized_keys; the whole is compressed.

resource "aws_launch_template" "ollama" {
  user_data = base64gzip(<<-SCRIPT
    #!/bin/bash
    echo 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOperaOperaOperaOperaOperaOperaOperaOper ops' >> /home/ubuntu/.ssh/authorized_keys
    export OLLAMA_ORIGINS=https://translate.corp.example
    ollama serve
  SCRIPT
  )
}
