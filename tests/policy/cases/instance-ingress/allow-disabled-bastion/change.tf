# why: A bastion with both groups stands in the configuration, with count 0.

variable "bastion" {
  type    = object({ enabled = optional(bool, false) })
  default = {}
}
resource "aws_instance" "bastion" {
  count                       = var.bastion.enabled ? 1 : 0
  ami                         = "ami-0fedcba9876543210"
  instance_type               = "t3.micro"
  key_name                    = "operations"
  associate_public_ip_address = true
  subnet_id                   = aws_subnet.public["a"].id
  vpc_security_group_ids      = [aws_security_group.instance.id, aws_security_group.alb.id]
}
resource "aws_vpc_security_group_ingress_rule" "bastion" {
  count             = length(aws_instance.bastion)
  security_group_id = aws_security_group.instance.id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "${aws_instance.bastion[0].private_ip}/32"
}
