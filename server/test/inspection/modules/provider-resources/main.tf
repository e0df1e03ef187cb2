terraform {
  required_version = ">= 1.5, < 2.0"

  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = ">= 5.0"
      configuration_aliases = [aws.replica, aws.dns]
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.5"
    }
    null = "~> 3.0"
  }
}

resource "aws_s3_bucket" "this" {
  bucket_prefix = "x"
  tags          = merge({}, { Name = "x" })
}

resource "aws_s3_bucket" "replica" {
  provider = aws.replica
  for_each = toset(["a"])
  bucket   = each.key
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "this" {
  count = 1

  statement {
    actions   = ["s3:*"]
    resources = ["*"]
  }
}

resource "random_id" "this" {
  byte_length = 4
}
