# why: The template names a private subnet, and the fleet that starts it overrides that with a public one.

resource "aws_launch_template" "fleet" {
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "g4dn.xlarge"
  update_default_version = true
  user_data              = aws_launch_template.ollama.user_data

  network_interfaces {
    subnet_id                   = aws_subnet.private["a"].id
    security_groups             = [aws_security_group.instance.id]
    associate_public_ip_address = false
  }

  metadata_options {
    http_tokens = "required"
  }

  block_device_mappings {
    device_name = "/dev/sda1"

    ebs {
      volume_size = 100
      encrypted   = true
    }
  }
}

resource "aws_ec2_fleet" "extra" {
  launch_template_config {
    launch_template_specification {
      launch_template_id = aws_launch_template.fleet.id
      version            = aws_launch_template.fleet.latest_version
    }

    override {
      subnet_id     = aws_subnet.public["a"].id
      instance_type = "g4dn.xlarge"
    }
  }

  target_capacity_specification {
    default_target_capacity_type = "on-demand"
    total_target_capacity        = 1
  }
}
