resource "terraform_data" "one" {
  input = "x"
}

resource "terraform_data" "many" {
  count = 3
  input = count.index

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "each" {
  for_each         = toset(["a", "b"])
  input            = each.key
  triggers_replace = [terraform_data.one.output]

  provisioner "local-exec" {
    command = "echo ${self.output}"
  }
}

data "terraform_remote_state" "other" {
  backend = "local"
  config  = { path = "x.tfstate" }
}
