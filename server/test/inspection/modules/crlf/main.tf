variable "a" {
  description = "Windows"
  type = object({
    # The name.
    name = string
  })
}

variable "b" {
  default = <<-EOT
    one
      two
  EOT
}
