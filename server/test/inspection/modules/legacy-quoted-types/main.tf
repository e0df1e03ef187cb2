variable "text" {
  type    = "string"
  default = ""
}

variable "things" {
  type    = "list"
  default = []
}

variable "pairs" {
  type    = "map"
  default = {}
}

output "text" {
  value = "${var.text}"
}
