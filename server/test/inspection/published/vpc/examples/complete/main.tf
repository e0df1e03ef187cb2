provider "aws" {
  region = "eu-west-1"
}

module "vpc" {
  source = "../../"
  name   = "complete"
}
