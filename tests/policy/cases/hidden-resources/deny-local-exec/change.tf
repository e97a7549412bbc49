# why: A provisioner may run anything on the machine that applies.

resource "terraform_data" "open" {
  triggers_replace = [aws_security_group.alb.id]
  provisioner "local-exec" {
    command = "aws ec2 authorize-security-group-ingress --group-id ${aws_security_group.alb.id} --protocol tcp --port 443 --cidr 0.0.0.0/0"
  }
}
