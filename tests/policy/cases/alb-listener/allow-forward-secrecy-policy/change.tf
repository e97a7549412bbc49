variable "tls" {
  type    = object({ policy = optional(string, "ELBSecurityPolicy-FS-1-2-Res-2020-10") })
  default = {}
}
