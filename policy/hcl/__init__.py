"""Reads the configuration inside a plan file and works out what its expressions are worth."""
