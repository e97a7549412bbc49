"""What the load balancer and an instance agree on: where it answers, and where it is asked."""

PORT = 11434
"""Ollama's own port, by which the owner names the service; nginx listens there."""

READINESS_PATH = "/ready"
"""Answers 200 once the model has produced a token, 503 before."""
