variable "list" {
  type    = list(string)
  default = ["a", "b"]
}

locals {
  nested = join(",", sort(distinct(concat(
    var.list,
    ["c"], # trailing comma below
  ))))
  encoded = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [{ "Effect" : "Allow", "Action" : ["s3:*"] }]
  })
  spread = max([1, 2, 3]...)
  tpl    = format("%s-%03d", "a", 5)
}

output "nested" {
  value = local.nested
}

output "encoded" {
  value = local.encoded
}
