module "uploads" {
  source   = "./modules/private_bucket"
  for_each = toset(["uploads", "exports"])
  name     = "translator-${each.key}-123456789012"
}
