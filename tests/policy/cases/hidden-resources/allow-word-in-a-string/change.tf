# why: The words provisioner and CloudFormation in a parameter's text run nothing.

resource "aws_ssm_parameter" "notes" {
  name  = "/translator/notes"
  type  = "String"
  value = <<-TEXT
    resource "null_resource" "x" {
      provisioner "local-exec" {
        command = "aws cloudformation deploy"
      }
    }
  TEXT
}
