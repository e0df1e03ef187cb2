locals {
  a = [1, 2
}

variable "after" {
  default = { a = [1, 2], b = (3 }
  type    = any
}

variable "last" {
  default = 2
}
