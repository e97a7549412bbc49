# why: A Verified Access endpoint opens the load balancer to users on the internet.

resource "aws_verifiedaccess_instance" "front" {}
resource "aws_verifiedaccess_trust_provider" "front" {
  policy_reference_name    = "sso"
  trust_provider_type      = "user"
  user_trust_provider_type = "iam-identity-center"
}
resource "aws_verifiedaccess_instance_trust_provider_attachment" "front" {
  verifiedaccess_instance_id       = aws_verifiedaccess_instance.front.id
  verifiedaccess_trust_provider_id = aws_verifiedaccess_trust_provider.front.id
}
resource "aws_verifiedaccess_group" "front" {
  verifiedaccess_instance_id = aws_verifiedaccess_instance_trust_provider_attachment.front.verifiedaccess_instance_id
}
resource "aws_verifiedaccess_endpoint" "front" {
  application_domain       = "open.corp.example"
  attachment_type          = "vpc"
  domain_certificate_arn   = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
  endpoint_domain_prefix   = "open"
  endpoint_type            = "load-balancer"
  security_group_ids       = [aws_security_group.alb.id]
  verified_access_group_id = aws_verifiedaccess_group.front.id
  load_balancer_options {
    load_balancer_arn = aws_lb.translator.arn
    port              = 443
    protocol          = "https"
    subnet_ids        = values(aws_subnet.private)[*].id
  }
}
