# why: The volumes come from a dynamic block over an object with optional attributes.

resource "aws_launch_template" "ollama" {
  dynamic "block_device_mappings" {
    for_each = var.volumes
    content {
      device_name = block_device_mappings.key
      ebs {
        volume_size = block_device_mappings.value.size
        encrypted   = block_device_mappings.value.encrypted
      }
    }
  }
}
