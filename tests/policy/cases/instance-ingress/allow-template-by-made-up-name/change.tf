variable "fixed" {
  type    = bool
  default = false
}
