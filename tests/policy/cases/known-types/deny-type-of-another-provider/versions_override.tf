# why: The type has AWS's name, but another provider makes it, whose resources nobody has looked at.

terraform {
  required_providers {
    fork = {
      source = "registry.terraform.io/example/aws"
    }
  }
}
