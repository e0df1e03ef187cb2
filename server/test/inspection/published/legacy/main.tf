provider "aws" {
  version = "~> 2.0"
  region  = "${var.region}"
}

variable "region" {
  type    = "string"
  default = "us-east-1"
}

resource "aws_eip" "ip" {
  provider = "aws.other"
  count    = "${length(var.region)}"
}
