"""checkov beside the proof: a chosen set of its checks, and our headline rules in its format."""
