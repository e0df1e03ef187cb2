variable "a" { default = 1
}

variable "b" {
  default = 2 }

variable "c" {
  type =
    string
}

variable "d" {
  default = 1
}
