module "observability" {
  source               = "./modules/observability"
  name                 = "translator-test"
  account_id           = "123456789012"
  region               = "eu-west-1"
  project              = "translator"
  log_key_arn          = "arn:aws:kms:eu-west-1:123456789012:key/1"
  notification_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/2"
  nat_gateway_ids      = { eu-west-1a = "nat-0123456789abcdef0" }
  alarm_email          = "operators@example.com"
  monthly_budget_usd   = 900
  watched = {
    autoscaling_group_name   = "translator-test"
    load_balancer_arn_suffix = "app/t/1"
    target_group_arn_suffix  = "targetgroup/t/1"
    distribution_id          = "E111111ABCDEF8"
    web_acl_name             = "translator-test"
  }
}
