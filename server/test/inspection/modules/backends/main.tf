terraform {
  required_version = "~> 1.6"

  backend "s3" {
    bucket = "x"
    key    = "y"
  }
}

terraform {
  required_version = "!= 1.7.0"
}
