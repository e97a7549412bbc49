# why: The second volume says nothing of encryption.

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
    }
  }
}
