resource "terraform_data" "origin" {
  input = "https://translate.corp.example"
}
