variable "region" {
  description = "Where else."
}

output "region" {
  sensitive = true
  value     = "z"
}

terraform {
  required_version = ">= 1.1"
}
