module "host" {
  source                  = "./modules/host"
  region                  = "eu-west-1"
  domain_name             = "translate.example.com"
  model                   = "gemma3n:e4b"
  context_length_tokens   = 4096
  parallel_requests       = 2
  ollama_version          = "0.32.0"
  ollama_sha256           = "56362d7609dfa9e35aaebb7c9cab25605d8f0528ec3d5d585dc83d6642002bab"
  idle_timeout_seconds    = 600
  autoscaling_group_name  = "translator-test"
  launch_hook_name        = "translator-test-launch"
  instance_log_group_name = "/translator-test/instance"
  nginx_log_group_name    = "/translator-test/nginx"
  metrics_namespace       = "translator-test"
}

output "user_data" {
  value = base64decode(module.host.user_data)
}
