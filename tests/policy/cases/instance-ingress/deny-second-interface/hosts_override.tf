# why: A second network interface in the launch template carries an open group.

resource "aws_launch_template" "ollama" {
  vpc_security_group_ids = null
  network_interfaces {
    device_index    = 0
    security_groups = [aws_security_group.instance.id]
  }
  network_interfaces {
    device_index    = 1
    security_groups = [aws_security_group.admin.id]
  }
}
