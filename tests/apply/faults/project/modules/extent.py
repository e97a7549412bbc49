"""What tests change to have something to plan."""

SIZE = 6
BALANCED = False
