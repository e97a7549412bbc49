module "pipeline" {
  source         = "./modules/pipeline"
  name           = "translator-test"
  project        = "translator"
  environment    = "test"
  account_id     = "123456789012"
  region         = "eu-west-1"
  hosted_zone_id = "Z0123456789ABCDEFGHIJ"
  domain_names   = ["translate.example.com", "api.translate.example.com"]
  gitlab = {
    host    = "gitlab.example.com"
    project = "platform/translator"
    branch  = "main"
  }
  state = {
    bucket = "translator-state-123456789012"
    key    = "translator/test/terraform.tfstate"
    region = "eu-west-1"
  }
}
