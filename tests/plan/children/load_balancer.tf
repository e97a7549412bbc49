module "load_balancer" {
  source                     = "./modules/load_balancer"
  name                       = "translator-test"
  account_id                 = "123456789012"
  region                     = "eu-west-1"
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0a", "subnet-0b"]
  vpn_cidrs                  = ["203.0.113.0/24", "2001:db8:8::/48"]
  ipv6                       = true
  certificate_arn            = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
  instance_security_group_id = "sg-0123456789abcdef0"
}
