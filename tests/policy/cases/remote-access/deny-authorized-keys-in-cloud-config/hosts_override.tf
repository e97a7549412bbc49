# why: cloud-init gives a user an SSH key.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-CLOUD
    #cloud-config
    users:
      - name: ops
        sudo: ALL=(ALL) NOPASSWD:ALL
        ssh_authorized_keys:
          - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOperaOperaOperaOperaOperaOperaOperaOper ops
    write_files:
      - path: /etc/systemd/system/ollama.service.d/listen.conf
        content: |
          [Service]
          Environment=OLLAMA_HOST=0.0.0.0:11434
          Environment=OLLAMA_ORIGINS=https://translate.corp.example
  CLOUD
  )
}
