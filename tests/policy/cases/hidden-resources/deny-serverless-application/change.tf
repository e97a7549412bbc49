# why: An application from the Serverless Application Repository is a CloudFormation stack.

resource "aws_serverlessapplicationrepository_cloudformation_stack" "rotator" {
  name           = "rotator"
  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser"
  capabilities   = ["CAPABILITY_IAM"]
}
