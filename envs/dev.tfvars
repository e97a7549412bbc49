# Development: small and cheap, awake in office hours, reached through a VPN gateway of its own.
# Names, addresses and account ids are documentation examples.
# What is not set here has the schema's default.

# Identity
account_id  = "777788889999"
environment = "dev"
owner       = "language-platform"
region      = "eu-west-1"
gitlab = { # its jobs plan and apply; the roles are ROOT=pipeline's
  branch  = "main"
  host    = "gitlab.example.com"
  project = "language-platform/ollama-translator"
}

# Network
interface_endpoints = []       # NAT carries the little there is, for a tenth of the price
nat_gateways        = "single" # a zone that fails may stop development
vpc_cidr            = "10.60.0.0/18"
vpn_cidrs           = ["10.8.0.0/16"] # the VPN's clients
vpn_gateway_enabled = true            # the development account has no transit gateway
zones               = ["eu-west-1a", "eu-west-1b"]

# Names
domain_name    = "translate.dev.example.com"
hosted_zone_id = "Z0123456789DEVELOP"

# Load balancer
idle_timeout_seconds   = 1200 # time to sit in a debugger
load_balancer_internal = true # no public address; developers' browsers carry the policy for it

# Inference
desired_size = 1
max_size     = 2
min_size     = 1
office_hours = { # nothing runs at night
  start_cron = "0 7 * * MON-FRI"
  stop_cron  = "0 19 * * MON-FRI"
  time_zone  = "Europe/Dublin"
}
volume_size_gib = 80 # one model at a time

# Model
model          = "gemma3n:e2b" # the smaller one loads faster
ollama_sha256  = "56362d7609dfa9e35aaebb7c9cab25605d8f0528ec3d5d585dc83d6642002bab"
ollama_version = "0.32.0" # the default, named because the checksum belongs to it

# User interface
ui_allowed_cidrs = ["203.0.113.0/24", "2001:db8:8::/48"]

# Operations
deletion_protection = false # rebuilt often
log_retention_days  = 7     # the last days are what a developer looks at
monthly_budget_usd  = 400   # one g4dn.xlarge for 60 hours a week, a gateway and a load balancer
