variable "before" {
  default = 1
}

variable "open" {
  default = <<EOT
text
}

variable "in_the_text" {
}
