resource "aws_iam_role" "host" {
  name = "translator-host"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_instance_profile" "host" {
  name = "translator-host"
  role = aws_iam_role.host.name
}

resource "aws_launch_template" "ollama" {
  name                   = "translator-ollama"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "g4dn.xlarge"
  update_default_version = true
  vpc_security_group_ids = [aws_security_group.instance.id]

  user_data = base64encode(<<-SCRIPT
    #!/bin/bash
    set -eu
    mkdir -p /etc/systemd/system/ollama.service.d
    cat > /etc/systemd/system/ollama.service.d/listen.conf <<'CONF'
    [Service]
    Environment="OLLAMA_HOST=0.0.0.0:11434"
    Environment="OLLAMA_ORIGINS=https://translate.corp.example"
    CONF
    systemctl daemon-reload
    systemctl enable --now ollama
  SCRIPT
  )

  iam_instance_profile {
    name = aws_iam_instance_profile.host.name
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/sda1"

    ebs {
      volume_size = 100
      volume_type = "gp3"
      encrypted   = true
    }
  }
}

resource "aws_autoscaling_group" "ollama" {
  name                = "translator-ollama"
  min_size            = 1
  max_size            = 4
  health_check_type   = "ELB"
  vpc_zone_identifier = [for subnet in aws_subnet.private : subnet.id]
  target_group_arns   = [aws_lb_target_group.ollama.arn]

  launch_template {
    id      = aws_launch_template.ollama.id
    version = aws_launch_template.ollama.latest_version
  }
}
