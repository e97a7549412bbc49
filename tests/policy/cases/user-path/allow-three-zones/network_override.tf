# why: One zone more, by one line of an override.

locals {
  zones = { a = 0, b = 1, c = 2 }
}
