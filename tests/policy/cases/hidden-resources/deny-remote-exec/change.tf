# why: A provisioner logs in to a machine by SSH.

resource "terraform_data" "configure" {
  connection {
    type = "ssh"
    host = "10.20.10.5"
    user = "ubuntu"
  }
  provisioner "remote-exec" {
    inline = ["sudo systemctl enable --now ssh"]
  }
}
