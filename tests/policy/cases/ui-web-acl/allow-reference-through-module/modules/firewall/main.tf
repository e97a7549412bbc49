resource "aws_wafv2_web_acl" "this" {
  name  = "translator-ui-ranges"
  scope = "CLOUDFRONT"
  default_action {
    block {}
  }
  rule {
    name     = "vpn"
    priority = 1
    action {
      allow {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.vpn.arn
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "vpn"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "translator-ui-ranges"
    sampled_requests_enabled   = true
  }
}
resource "aws_wafv2_ip_set" "vpn" {
  name               = "vpn"
  scope              = "CLOUDFRONT"
  ip_address_version = "IPV4"
  addresses          = ["203.0.113.0/24"]
}
output "arn" {
  value = one(aws_wafv2_web_acl.this[*].arn)
}
