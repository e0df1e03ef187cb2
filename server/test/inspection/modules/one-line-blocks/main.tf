variable "a" {}
variable "b" { default = 1 }
variable "c" { type = list(string) }
output "a" { value = var.a }
locals { x = [1, 2] }
