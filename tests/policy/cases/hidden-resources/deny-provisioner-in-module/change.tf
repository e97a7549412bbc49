# why: The provisioner stands on an innocent resource, two modules deep.

module "outer" {
  source = "./modules/outer"
}
