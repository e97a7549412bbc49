resource "aws_key_pair" "operations" {
  key_name_prefix = "operations-"
  public_key      = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOperaOperaOperaOperaOperaOperaOperaOper ops@corp.example"
}
