variable "good" {
  type    = set(number)
  default = [1, 2.50, 12345678901234567890]
}

variable "bad" {
  type    = object({ name = string size = number })
  default = null
}

output "open" {
  value = 1

output "after" {
  value = "x"
}
