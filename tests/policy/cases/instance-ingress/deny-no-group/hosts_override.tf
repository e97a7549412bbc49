# why: A launch template without groups gives instances the VPC's default group; this plan opens it.

resource "aws_launch_template" "ollama" {
  vpc_security_group_ids = null
}
