resource "aws_launch_template" "ollama" {
  vpc_security_group_ids = [module.groups.instance_id]
}
