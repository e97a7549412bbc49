module "frontend" {
  source             = "./modules/frontend"
  providers          = { aws = aws, aws.us_east_1 = aws.us_east_1 }
  name               = "translator-test"
  account_id         = "123456789012"
  domain_name        = "translate.example.com"
  certificate_arn    = "arn:aws:acm:us-east-1:123456789012:certificate/1"
  ui_directory       = "${path.root}/modules/translator/ui"
  ui_allowed_cidrs   = ["203.0.113.0/24", "2001:db8:8::/48"]
  storage_key_arn    = "arn:aws:kms:eu-west-1:123456789012:key/1"
  global_log_key_arn = "arn:aws:kms:us-east-1:123456789012:key/2"
  page = {
    api_url               = "https://api.translate.example.com"
    model                 = "gemma3n:e4b"
    context_length_tokens = 4096
  }
}
