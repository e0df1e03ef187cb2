variable "a" {
  default = "C:\path"
}

variable "b" {
  default = 1
}
