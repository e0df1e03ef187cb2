variable "twice" {
  default = 2
}
