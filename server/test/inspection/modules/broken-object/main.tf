variable "broken" {
  description = "Read."
  type = object({
    name = string
    size number
    default = bool
  })
  default = { name = "x" }
}

variable "after" {
  default = 2
}
