name = "x"

variable "good" {
  default = 1
}
