module "host" {
  source                        = "./modules/host"
  region                        = "eu-west-1"
  vpc_cidr                      = "10.20.0.0/16"
  domain_name                   = "translate.example.com"
  model                         = "gemma3n:e4b"
  context_length_tokens         = 4096
  parallel_requests             = 2
  requests_in_flight            = 32
  requests_in_flight_per_client = 8
  ollama_version                = "0.32.0"
  ollama_sha256                 = "56362d7609dfa9e35aaebb7c9cab25605d8f0528ec3d5d585dc83d6642002bab"
  idle_timeout_seconds          = 600
  deregistration_delay_seconds  = 300
  autoscaling_group_name        = "translator-test"
  launch_hook_name              = "translator-test-launch"
  instance_log_group_name       = "/translator-test/instance"
  nginx_log_group_name          = "/translator-test/nginx"
  metrics_namespace             = "translator-test"
}

output "user_data" {
  value = module.host.user_data
}
