# why: The template lies elsewhere and may hold anything.

resource "aws_cloudformation_stack" "monitoring" {
  name         = "monitoring"
  template_url = "https://templates-123456789012.s3.us-east-1.amazonaws.com/monitoring.yaml"
  capabilities = ["CAPABILITY_IAM"]
}
