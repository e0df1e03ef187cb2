import {
  to = terraform_data.one
  id = "one"
}

import {
  for_each = { a = "1" }
  to       = terraform_data.many[each.key]
  id       = each.value
}

resource "terraform_data" "one" {}

resource "terraform_data" "many" {
  for_each = { a = "1" }
}
