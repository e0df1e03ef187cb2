variable "things" {
  type    = list(object({ name = string, size = number }))
  default = []
}

locals {
  names    = var.things[*].name
  legacy   = var.things.*.name
  first    = try(var.things[0].name, "none")
  ternary  = length(var.things) > 0 ? "some" : length(local.names) == 0 ? "none" : "odd"
  grouped  = { for thing in var.things : thing.size => thing.name... }
  maths    = (1 + 2) * 3 - 4 / 2 % 2
  logic    = !(true && false) || 1 <= 2 && 3 != 4
  multi = (
    local.maths > 1
    ? "big"
    : "small"
  )
  indexed  = { "a" = [1, 2] }["a"][0]
  function = merge({}, [{ a = 1 }, { b = 2 }]...)
}
