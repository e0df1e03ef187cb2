variable "name" {
  type = string

  validation {
    condition     = length(var.name) > 2 && can(regex("^[a-z][a-z0-9-]+$", var.name))
    error_message = "Too short, or has other characters than a-z, 0-9 and -."
  }

  validation {
    condition = alltrue([
      for part in split("-", var.name) :
      part != "" # no empty parts
    ])
    error_message = "No part of ${var.name} may be empty."
  }

  validation {
    condition     = var.name != "default"
    error_message = <<-EOT
      The name "default" is reserved.
      Choose another.
    EOT
  }
}
