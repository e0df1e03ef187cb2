variable "keys" {
  default = {
    bare       = 1
    "quoted"   = 2
    "with dot.and space" = 3
    5          = 4
    true       = 5
    colon : 6
    "a:b" : 7, last = 8
  }
}

locals {
  computed = {
    (var.keys["bare"])        = 1
    "${var.keys["bare"]}-key" = 2
  }
}
