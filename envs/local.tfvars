# Local: an emulated AWS on the developer's machine. Nothing here is reached by anyone else.
# Names and addresses are documentation examples.
# What is not set here has the schema's default.

# Identity
account_id  = "123456789012" # the emulator's account
environment = "local"
owner       = "language-platform"
region      = "us-east-1" # so that everything lives in one region

# Network
nat_gateways = "single" # emulated ones cost time, not money
vpc_cidr     = "10.70.0.0/20"
vpn_cidrs    = ["192.0.2.0/24", "2001:db8:1::/48"]
zones        = ["us-east-1a", "us-east-1b"]

# Names
domain_name    = "translate.local.example.com"
hosted_zone_id = "Z0123456789LOCAL"

# Load balancer
deregistration_delay_seconds = 0 # nobody is in the middle of an answer

# Inference
desired_size    = 1
max_size        = 1
min_size        = 1
volume_size_gib = 80 # never filled

# Model
context_length_tokens = 2048          # a laptop's memory
model                 = "gemma3:270m" # a laptop's speed
ollama_sha256         = "56362d7609dfa9e35aaebb7c9cab25605d8f0528ec3d5d585dc83d6642002bab"
ollama_version        = "0.32.0" # the default, named because the checksum belongs to it
parallel_requests     = 1        # one developer

# User interface
ui_allowed_cidrs = ["192.0.2.0/24", "2001:db8:1::/48"]

# Operations
deletion_protection = false # destroyed after every test
log_retention_days  = 1     # gone with the emulator anyway
