# why: A second group without an ingress rule adds nothing.

resource "aws_launch_template" "ollama" {
  vpc_security_group_ids = [aws_security_group.instance.id, aws_security_group.egress.id]
}
