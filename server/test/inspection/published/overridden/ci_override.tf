variable "size" {
  default = 20
}

terraform {
  required_providers {
    null = { source = "hashicorp/null", version = "3.2.0" }
  }
}
