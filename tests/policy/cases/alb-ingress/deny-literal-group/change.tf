# why: A group that is not in the plan stands beside the good one; only the text shows it.

locals {
  legacy = "sg-0aaaabbbbccccdddd"
}
