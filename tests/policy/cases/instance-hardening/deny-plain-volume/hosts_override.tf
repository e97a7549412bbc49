# why: The root volume is not encrypted.

resource "aws_launch_template" "ollama" {
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      volume_size = 100
      encrypted   = false
    }
  }
}
