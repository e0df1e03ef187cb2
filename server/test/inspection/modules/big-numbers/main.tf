variable "large" {
  type    = number
  default = 12345678901234567890
}

variable "precise" {
  type    = number
  default = 0.1234567890123456789012345
}
