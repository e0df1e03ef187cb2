terraform {
  required_version = ">= 1.4.0"
}

module "subnets" {
  source = "./modules/subnets"

  cidr  = var.cidr
  zones = var.zones
}

resource "terraform_data" "network" {
  input = {
    name   = var.name
    cidr   = var.cidr
    labels = var.labels
  }
}
