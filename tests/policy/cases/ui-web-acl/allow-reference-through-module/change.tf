module "firewall" {
  source = "./modules/firewall"
}
