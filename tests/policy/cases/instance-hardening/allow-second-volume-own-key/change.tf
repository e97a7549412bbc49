resource "aws_kms_key" "models" {
  description = "Model volumes"
}
