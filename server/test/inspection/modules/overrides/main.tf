variable "region" {
  description = "Where."
  type        = string
  default     = "a"
}

variable "kept" {
  default = 1
}

output "region" {
  value = var.region
}

terraform {
  required_version = ">= 1.0"
}
