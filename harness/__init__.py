"""What stands behind the Makefile: running the synth and Terraform, and saying how it went."""
