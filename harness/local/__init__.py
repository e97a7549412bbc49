"""The whole data path on this machine: the page, TLS, nginx as an instance has it, a model."""
