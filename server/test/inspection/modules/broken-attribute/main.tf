variable "before" {
  default = 1
}

variable "broken" {
  type        = string string
  description = "Still read."
}

variable "after" {
  default = 2
}
