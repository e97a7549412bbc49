"""The two headline rules as checkov checks; checkov loads a folder only if it is a package."""
