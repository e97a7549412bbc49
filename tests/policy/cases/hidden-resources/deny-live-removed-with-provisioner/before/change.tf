resource "terraform_data" "leaving" {
}
