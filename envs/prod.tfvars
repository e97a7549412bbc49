# Production: three zones, instances always on, several instance types against capacity shortage.
# Names, addresses and account ids are documentation examples; replace them with your own.
# What is not set here has the schema's default.

# Identity
account_id  = "111122223333"
environment = "prod"
owner       = "language-platform"
region      = "eu-west-1"
gitlab = { # its jobs plan and apply; the roles are ROOT=pipeline's
  branch  = "main"
  host    = "gitlab.example.com"
  project = "language-platform/ollama-translator"
}

# Network
vpc_cidr = "10.40.0.0/16"
vpn_cidrs = [
  "198.51.100.0/24", # where the corporate sites leave to the internet
  "203.0.113.0/24",  # where the VPN leaves to the internet
  "2001:db8:8::/48", # both, over IPv6
]
zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] # one may fail, and two still share the load

# Names
domain_name    = "translate.example.com"
hosted_zone_id = "Z0123456789PRODUCTION"

# Inference
capacity        = "mixed_instances" # g4dn.xlarge runs out zone by zone
desired_size    = 3                 # one in each zone
max_size        = 9                 # three in each zone
min_size        = 2                 # one may fail while nothing is scaling
volume_size_gib = 150               # the previous model stays beside the next one
instance_type_overrides = [
  "g4dn.2xlarge", # the same GPU with more memory around it
  "g5.xlarge",    # a newer GPU, dearer
]

# Model
model          = "gemma3n:e4b" # the better of the two sizes that fit a T4
ollama_sha256  = "56362d7609dfa9e35aaebb7c9cab25605d8f0528ec3d5d585dc83d6642002bab"
ollama_version = "0.32.0" # the default, named because the checksum belongs to it

# User interface
ui_allowed_cidrs = ["198.51.100.0/24", "203.0.113.0/24", "2001:db8:8::/48"]

# Operations
alarm_email        = "translator-alarms@example.com"
log_retention_days = 365  # a year, for audits
monthly_budget_usd = 4000 # three g4dn.xlarge all month are about 1,300; the rest is gateways and room to scale
