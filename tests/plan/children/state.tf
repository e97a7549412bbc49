module "state" {
  source      = "./modules/state"
  bucket_name = "translator-state-123456789012"
  account_id  = "123456789012"
  region      = "eu-west-1"
}
