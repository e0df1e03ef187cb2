module "local" {
  source = "./modules/child"
  name   = "a"
}

module "registry" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"

  for_each = toset(["a", "b"])
  name     = each.key

  providers = {
    aws = aws.west
  }
}

module "git" {
  source = "git::https://example.com/vpc.git?ref=v1.2.0"
}

module "computed" {
  source = "${path.module}/x"
}
