# why: The open rule is written in Terraform's JSON syntax.
