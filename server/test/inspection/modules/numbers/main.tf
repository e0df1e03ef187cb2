variable "integers" {
  default = [0, 1, 42, 65535, 9007199254740991]
}

variable "negative" {
  type    = number
  default = -1
}

variable "negative_list" {
  default = [-1, -2.5, - 3]
}

variable "fractions" {
  default = [0.5, 1.50, 3.14159, 100.0]
}

variable "exponents" {
  default = [1e3, 1E3, 1.5e-3, 2e+2]
}
