locals {
  a = 1
  b = local.a + 1
}

locals {
  c = "${local.a}${local.b}"
}

resource "terraform_data" "x" {
  input = local.c
}

output "c" {
  value = terraform_data.x.output
}
