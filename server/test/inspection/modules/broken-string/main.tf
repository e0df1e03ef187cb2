variable "broken" {
  description = "not closed
  default     = "x"
}

variable "after" {
  default = 2
}
