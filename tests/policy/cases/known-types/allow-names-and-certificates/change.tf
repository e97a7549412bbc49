# why: A zone, alias records and validated certificates for the two names.

resource "aws_route53_zone" "corp" {
  name = "corp.example"
}
resource "aws_route53_record" "ui" {
  zone_id = aws_route53_zone.corp.zone_id
  name    = "translate.corp.example"
  type    = "A"
  alias {
    name                   = aws_cloudfront_distribution.ui.domain_name
    zone_id                = aws_cloudfront_distribution.ui.hosted_zone_id
    evaluate_target_health = false
  }
}
resource "aws_route53_record" "api" {
  zone_id = aws_route53_zone.corp.zone_id
  name    = "api.translate.corp.example"
  type    = "A"
  alias {
    name                   = aws_lb.translator.dns_name
    zone_id                = aws_lb.translator.zone_id
    evaluate_target_health = true
  }
}
resource "aws_acm_certificate" "api" {
  domain_name       = "api.translate.corp.example"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}
resource "aws_route53_record" "validation" {
  for_each = { for option in aws_acm_certificate.api.domain_validation_options : option.domain_name => option }
  zone_id  = aws_route53_zone.corp.zone_id
  name     = each.value.resource_record_name
  type     = each.value.resource_record_type
  records  = [each.value.resource_record_value]
  ttl      = 60
}
resource "aws_acm_certificate_validation" "api" {
  certificate_arn         = aws_acm_certificate.api.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}
