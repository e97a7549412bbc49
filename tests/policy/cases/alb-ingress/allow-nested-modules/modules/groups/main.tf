variable "vpc" {
  type = string
}
variable "ranges" {
  type = map(string)
}
resource "aws_security_group" "alb" {
  name   = "translator-alb"
  vpc_id = var.vpc
}
resource "aws_security_group" "instance" {
  name   = "translator-instance"
  vpc_id = var.vpc
}
module "clients" {
  source   = "./modules/https"
  for_each = var.ranges
  group    = aws_security_group.alb.id
  range    = each.value
}
module "ollama" {
  source = "./modules/pair"
  from   = aws_security_group.alb.id
  to     = aws_security_group.instance.id
}
output "alb" {
  value = [aws_security_group.alb]
}
output "instance_id" {
  value = aws_security_group.instance.id
}
