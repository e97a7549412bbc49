"""The network that a plan leaves behind, and who reaches whom in it."""
