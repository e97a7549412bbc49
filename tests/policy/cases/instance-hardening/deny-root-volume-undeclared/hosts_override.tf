# why: The encrypted volume is a second one; of the root volume the template says nothing.

resource "aws_launch_template" "ollama" {
  block_device_mappings {
    device_name = "/dev/sdf"

    ebs {
      volume_size = 100
      encrypted   = true
    }
  }
}
