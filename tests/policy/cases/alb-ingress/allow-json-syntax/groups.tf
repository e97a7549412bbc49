# why: The groups and rules are written in Terraform's JSON syntax, with names that only a program gives.
