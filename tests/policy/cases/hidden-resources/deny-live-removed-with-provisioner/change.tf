# why: A removed block has provisioners of its own, which run as the resource goes.

removed {
  from = terraform_data.leaving

  lifecycle {
    destroy = true
  }

  provisioner "local-exec" {
    when    = destroy
    command = "./farewell.sh"
  }
}
