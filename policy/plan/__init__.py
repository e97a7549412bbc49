"""Reads a saved Terraform plan into typed resources whose every attribute can be asked for."""
