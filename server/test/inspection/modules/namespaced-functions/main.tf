variable "id" {
  type    = string
  default = "arn:aws:s3:::x"
}

output "parsed" {
  value = provider::aws::arn_parse(var.id)
}

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
