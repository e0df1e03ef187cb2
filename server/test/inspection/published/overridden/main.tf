variable "size" {
  description = "How large."
  type        = number
  default     = 1
}

terraform {
  required_providers {
    null = { source = "hashicorp/null", version = "3.0.0" }
  }
}
