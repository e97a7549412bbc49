"""The gate: proves from a Terraform plan who can reach what, and refuses the rest."""
