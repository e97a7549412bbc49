# why: The instance stands in a private subnet, and an interface attached to it apart in a public one.

resource "aws_instance" "extra" {
  subnet_id                   = aws_subnet.private["a"].id
  associate_public_ip_address = false

  launch_template {
    id      = aws_launch_template.ollama.id
    version = aws_launch_template.ollama.latest_version
  }
}

resource "aws_network_interface" "public" {
  subnet_id       = aws_subnet.public["a"].id
  security_groups = [aws_security_group.instance.id]
}

resource "aws_network_interface_attachment" "public" {
  instance_id          = aws_instance.extra.id
  network_interface_id = aws_network_interface.public.id
  device_index         = 1
}
