# why: The count is 0, so the instance that is there goes, and its provisioner runs as it does.

resource "terraform_data" "leaving" {
  count = 0

  provisioner "local-exec" {
    when    = destroy
    command = "./farewell.sh"
  }
}
