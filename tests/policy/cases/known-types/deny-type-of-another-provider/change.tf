# why: The type has AWS's name, but another provider makes it, whose resources nobody has looked at.

terraform {
  required_providers {
    fork = {
      source = "registry.terraform.io/example/aws"
    }
  }
}
provider "fork" {
  region                      = "us-east-1"
  access_key                  = "offline"
  secret_key                  = "offline"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
resource "aws_sqs_queue" "jobs" {
  provider = fork
  name     = "jobs"
}
