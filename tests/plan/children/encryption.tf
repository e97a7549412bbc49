module "encryption" {
  source     = "./modules/encryption"
  providers  = { aws = aws, aws.us_east_1 = aws.us_east_1 }
  name       = "translator-test"
  account_id = "123456789012"
  region     = "eu-west-1"
}
