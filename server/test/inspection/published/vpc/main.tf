locals {
  create_vpc = var.create_vpc && length(var.azs) > 0
}

resource "aws_vpc" "this" {
  count = local.create_vpc ? 1 : 0

  cidr_block = var.cidr
  tags       = { "Name" = var.name }
}

resource "aws_subnet" "public" {
  for_each = toset(var.azs)

  vpc_id            = aws_vpc.this[0].id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.cidr, 8, index(var.azs, each.key))
}
