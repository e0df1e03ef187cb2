variable {
  default = 1
}

output "a" "b" {
  value = 1
}

variable "good" {
  default = 1
}
