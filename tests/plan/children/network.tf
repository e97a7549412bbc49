module "network" {
  source              = "./modules/network"
  name                = "translator-test"
  account_id          = "123456789012"
  region              = "eu-west-1"
  zones               = ["eu-west-1a", "eu-west-1b"]
  vpc_cidr            = "10.20.0.0/16"
  ipv6                = true
  interface_endpoints = ["autoscaling", "logs", "monitoring", "ssm", "ssmmessages"]
  vpn_cidrs           = ["10.8.0.0/16", "203.0.113.0/24", "fd00:8::/32", "2001:db8:8::/48"]
  transit_gateway_id  = "tgw-0123456789abcdef0"
  log_key_arn         = "arn:aws:kms:eu-west-1:123456789012:key/1"
}
