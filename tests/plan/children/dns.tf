module "dns" {
  source                   = "./modules/dns"
  providers                = { aws = aws, aws.us_east_1 = aws.us_east_1 }
  name                     = "translator-test"
  hosted_zone_id           = "Z0123456789ABC"
  domain_name              = "translate.example.com"
  api_domain_name          = "api.translate.example.com"
  distribution_domain_name = "d111111abcdef8.cloudfront.net"
  distribution_zone_id     = "Z2FDTNDATAQYW2"
  load_balancer_dns_name   = "t-1.eu-west-1.elb.amazonaws.com"
  load_balancer_zone_id    = "Z32O12XQLNTSW2"
  ipv6                     = true
}
