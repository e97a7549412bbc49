# why: cloud-init writes the drop-in.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-CLOUD
    #cloud-config
    write_files:
      - path: /etc/systemd/system/ollama.service.d/listen.conf
        permissions: "0644"
        content: |
          [Service]
          Environment="OLLAMA_HOST=0.0.0.0:11434"
          Environment="OLLAMA_ORIGINS=https://translate.corp.example"
    runcmd:
      - [systemctl, daemon-reload]
      - [systemctl, enable, --now, ollama]
  CLOUD
  )
}
