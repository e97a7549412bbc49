# why: cloud-init writes a file whose content is compressed and encoded; the document comes out of yamlencode.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(join("\n", ["#cloud-config", yamlencode({
    write_files = [{
      path     = "/etc/ollama.env"
      encoding = "gz+b64"
      content  = base64gzip("OLLAMA_HOST=0.0.0.0:11434\nOLLAMA_ORIGINS=https://translate.corp.example\n")
    }]
    runcmd = [["systemctl", "restart", "ollama"]]
  })]))
}
