variable "host" {
  type    = string
  default = "translate.corp.example"
}
locals {
  settings = {
    OLLAMA_HOST    = "0.0.0.0:11434"
    OLLAMA_ORIGINS = format("%s://%s", "https", lower(var.host))
  }
}
