"""For each difference from AWS, what to ask to see it."""
