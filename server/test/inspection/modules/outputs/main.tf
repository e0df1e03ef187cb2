variable "input" {
  type    = map(string)
  default = { a = "b" }
}

output "plain" {
  value = var.input
}

output "secret" {
  description = "Do not look."
  value       = sensitive(var.input["a"])
  sensitive   = true
}

output "computed" {
  value = { for key, value in var.input : upper(key) => value if value != "" }

  precondition {
    condition     = length(var.input) > 0
    error_message = "Nothing there."
  }
}

output "literal" {
  value = [1, "two", { three = 3 }]
}

output "depends" {
  value      = 1
  depends_on = [terraform_data.one]
}

resource "terraform_data" "one" {}
