provider "aws" {
  region  = "eu-west-1"
  version = "~> 2.0"
}

provider "aws" {
  alias  = "west"
  region = "us-west-1"
}

resource "aws_vpc" "this" {
  provider   = "aws.west"
  cidr_block = "10.0.0.0/16"
}
