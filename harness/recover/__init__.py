"""`make recover`: what an apply that was killed made, found again and adopted.

Terraform writes its state about every 20 seconds. What it made since then stands in the account and
not in the state; the next apply would make it once more, or fail because its name is taken.
"""
