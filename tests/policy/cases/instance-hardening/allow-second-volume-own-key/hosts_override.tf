# why: Two volumes, both encrypted, one with a key of its own that the plan makes.

resource "aws_launch_template" "ollama" {
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      encrypted = true
    }
  }
  block_device_mappings {
    device_name = "/dev/sdf"
    ebs {
      volume_size = 200
      encrypted   = "true"
      kms_key_id  = aws_kms_key.models.arn
    }
  }
}
