# The base is live.
