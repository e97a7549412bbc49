variable "value" {
  type = map(string)
}
output "value" {
  value = var.value
}
output "range" {
  value = "0.0.0.0/0"
}
