terraform {
  required_version = "~> 1.5"
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "~> 5.0"
      configuration_aliases = [aws.primary, aws.replica]
    }
  }
}

data "aws_region" "replica" {
  provider = aws.replica
}

resource "aws_s3_bucket" "replica" {
  provider = aws.replica
}

module "label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"
}

output "arn" {
  value     = aws_s3_bucket.replica.arn
  sensitive = true
}
