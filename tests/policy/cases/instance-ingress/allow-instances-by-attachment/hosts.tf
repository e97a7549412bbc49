# why: Two plain instances instead of a group of them, attached to the target group one by one.

locals {
  user_data = <<-SCRIPT
    #!/bin/sh
    printf '[Service]\nEnvironment="OLLAMA_HOST=0.0.0.0:11434" "OLLAMA_ORIGINS=https://translate.corp.example"\n' \
      | install -D /dev/stdin /etc/systemd/system/ollama.service.d/10-listen.conf
    systemctl restart ollama
  SCRIPT
}
resource "aws_instance" "ollama" {
  for_each                    = aws_subnet.private
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "g4dn.xlarge"
  subnet_id                   = each.value.id
  vpc_security_group_ids      = [aws_security_group.instance.id]
  associate_public_ip_address = false
  user_data                   = local.user_data
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted = true
  }
}
resource "aws_lb_target_group_attachment" "ollama" {
  for_each         = aws_instance.ollama
  target_group_arn = aws_lb_target_group.ollama.arn
  target_id        = each.value.id
  port             = 11434
}
