moved {
  from = terraform_data.old
  to   = terraform_data.new
}

moved {
  from = terraform_data.counted[0]
  to   = terraform_data.keyed["a"]
}

removed {
  from = terraform_data.gone

  lifecycle {
    destroy = false
  }
}

resource "terraform_data" "new" {}

resource "terraform_data" "keyed" {
  for_each = toset(["a"])
}
