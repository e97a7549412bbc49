# why: The launch template asks for a public address.

resource "aws_launch_template" "ollama" {
  vpc_security_group_ids = null
  network_interfaces {
    associate_public_ip_address = true
    security_groups             = [aws_security_group.instance.id]
  }
}
