variable "volumes" {
  type    = map(object({ size = number, encrypted = optional(bool, true) }))
  default = { "/dev/sda1" = { size = 100 }, "/dev/sdf" = { size = 300 } }
}
