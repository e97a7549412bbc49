"""What stands in or at an environment's things and in no state, so that no plan shows it.

Terraform looks at what it made. A listener that somebody added to its load balancer, a rule in its
security group, a peering of its VPC it never asks for; AWS's API, asked for all that belongs to
our things, tells of them. Every call only reads.
"""
