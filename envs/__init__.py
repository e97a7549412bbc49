"""The environments: one variable file each, and the typed schema that all of them obey.

`envs.load` reads them, `envs.schema` says what an environment is. Nothing here knows Terraform's
provider, cdktf or the rest of this repository.
"""
