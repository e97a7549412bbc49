# why: A provisioned product of the Service Catalog is whatever its owner put into it.

resource "aws_servicecatalog_provisioned_product" "network" {
  name                     = "network"
  product_id               = "prod-aaaabbbbccccd"
  provisioning_artifact_id = "pa-aaaabbbbccccd"
}
