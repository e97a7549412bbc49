# why: It runs only when the resource goes, but then it runs anything.

resource "terraform_data" "farewell" {
  provisioner "local-exec" {
    when    = destroy
    command = "./farewell.sh"
  }
}
