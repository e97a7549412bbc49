# Staging: like production in size of instance, reached privately through the transit gateway, with
# stopped instances in reserve. Names, addresses and account ids are documentation examples.
# What is not set here has the schema's default.

# Identity
account_id  = "444455556666"
environment = "staging"
owner       = "language-platform"
region      = "eu-west-1"
gitlab = { # its jobs plan and apply; the roles are ROOT=pipeline's
  branch  = "main"
  host    = "gitlab.example.com"
  project = "language-platform/ollama-translator"
}

# Network
transit_gateway_id = "tgw-0123456789abcdef0" # the corporate network's, which the VPN ends in
vpc_cidr           = "10.50.0.0/16"
vpn_cidrs = [
  "10.8.0.0/16",     # the VPN's clients
  "172.20.0.0/14",   # the corporate sites
  "2001:db8:8::/48", # both, over IPv6
]
zones = ["eu-west-1a", "eu-west-1b"]

# Names
api_domain_name = "translate-api.staging.example.com" # the derived name is taken by an older test
domain_name     = "translate.staging.example.com"
hosted_zone_id  = "Z0123456789STAGING"

# Load balancer
load_balancer_internal = true # no public address; the testers' browsers carry the policy for it

# Inference
capacity       = "warm_pool" # reserves start in a minute and cost their volumes alone
desired_size   = 1
golden_image   = "weekly" # every change of the host's scripts makes an image before production
max_size       = 3
min_size       = 1
warm_pool_size = 1

# Model
model          = "gemma3n:e4b" # the same as in production
ollama_sha256  = "56362d7609dfa9e35aaebb7c9cab25605d8f0528ec3d5d585dc83d6642002bab"
ollama_version = "0.32.0" # the default, named because the checksum belongs to it

# User interface
ui_allowed_cidrs = ["198.51.100.0/24", "203.0.113.0/24", "2001:db8:8::/48"]

# Operations
alarm_email        = "translator-staging@example.com"
log_retention_days = 30   # nobody asks for older tests
monthly_budget_usd = 1200 # one g4dn.xlarge all month and the gateways
