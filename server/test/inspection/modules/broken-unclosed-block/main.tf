variable "before" {
  type = string
}

variable "open" {
  type    = string
  default = "x"

variable "after" {
  type    = number
  default = 1
}

output "after" {
  value = var.after
}
