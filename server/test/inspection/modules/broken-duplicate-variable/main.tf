variable "twice" {
  default = 1
}
