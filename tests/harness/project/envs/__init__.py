"""Stands in for the environments."""
