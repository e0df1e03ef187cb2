variable "yes" {
  type    = bool
  default = true
}

variable "no" {
  type    = bool
  default = false
}

variable "nothing" {
  type    = string
  default = null
}

variable "required_nothing" {
  type     = string
  nullable = false
}

variable "all_flags" {
  type      = string
  default   = "x"
  sensitive = true
  nullable  = false
}
