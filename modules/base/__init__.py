"""What turns a typed Python class into a Terraform module: see `Module`."""
