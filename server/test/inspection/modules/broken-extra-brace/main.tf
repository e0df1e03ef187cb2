variable "before" {
  default = 1
}
}

variable "after" {
  default = 2
}
