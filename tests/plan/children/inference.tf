module "inference" {
  source                          = "./modules/inference"
  name                            = "translator-test"
  account_id                      = "123456789012"
  region                          = "eu-west-1"
  vpc_id                          = "vpc-0123456789abcdef0"
  subnet_ids                      = ["subnet-0a", "subnet-0b"]
  load_balancer_security_group_id = "sg-0123456789abcdef0"
  target_group_arn                = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1"
  request_count_label             = "app/t/1/targetgroup/t/1"
  user_data                       = base64encode("#cloud-config")
  service_linked_role_arn         = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/r"
  volume_key_arn                  = "arn:aws:kms:eu-west-1:123456789012:key/1"
  log_group_arns                  = ["arn:aws:logs:eu-west-1:123456789012:log-group:/translator-test/instance"]
  metrics_namespace               = "translator-test"
  instances = {
    image_id                       = "ami-0123456789abcdef0"
    instance_type                  = "g4dn.xlarge"
    volume_size_gib                = 100
    volume_initialization_rate_mib = 300
  }
  scaling = {
    min_size                       = 1
    desired_size                   = 1
    max_size                       = 2
    capacity                       = "mixed_instances"
    instance_type_overrides        = ["g5.xlarge"]
    warm_pool_size                 = 0
    cpu_target_percent             = 60
    requests_per_target_per_minute = 30
  }
}
