# why: cloud-init writes an environment file whose content is base64.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-CLOUD
    #cloud-config
    write_files:
      - path: /etc/ollama.env
        encoding: b64
        content: ${base64encode("OLLAMA_HOST=0.0.0.0:11434\nOLLAMA_ORIGINS=\"https://translate.corp.example\"\n")}
    runcmd:
      - systemctl restart ollama
  CLOUD
  )
}
