# Only computes.
variable "prefix" {
  type        = list(string)
  default     = []
  description = "It is not recommended that you use prefix by azure you should be using a suffix for your resources."
}

variable "unique-seed" {
  default     = ""
  description = <<EOT
Custom value for the random characters to be used
EOT
}

locals {
  safe = lower(join("", var.prefix))
}

output "storage_account" {
  value = { name = substr(local.safe, 0, 24), "name_unique" : "${local.safe}x" }
}
