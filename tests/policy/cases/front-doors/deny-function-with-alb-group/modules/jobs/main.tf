variable "network" {
  type = object({ subnets = list(string), group = string })
}
variable "role" {
  type = string
}
resource "aws_lambda_function" "job" {
  function_name = "job"
  role          = var.role
  runtime       = "python3.12"
  handler       = "index.handler"
  s3_bucket     = "jobs-123456789012"
  s3_key        = "job.zip"
  vpc_config {
    subnet_ids         = var.network.subnets
    security_group_ids = [var.network.group]
  }
}
