module "image" {
  source             = "./modules/image"
  name               = "translator-test"
  account_id         = "123456789012"
  region             = "eu-west-1"
  vpc_id             = "vpc-0123456789abcdef0"
  subnet_id          = "subnet-0a"
  parent_image       = "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"
  instance_type      = "g4dn.xlarge"
  volume_size_gib    = 100
  volume_key_arn     = "arn:aws:kms:eu-west-1:123456789012:key/1"
  build_script       = module.host.image_build_script
  test_script        = module.host.image_test_script
  schedule           = "weekly"
  log_retention_days = 30
  log_key_arn        = "arn:aws:kms:eu-west-1:123456789012:key/2"
}
