# why: The template carries a second group that a data source looks up; its rules are not to be seen.

resource "aws_launch_template" "ollama" {
  vpc_security_group_ids = [aws_security_group.instance.id, data.aws_security_group.found.id]
}
