variable "names" {
  type    = list(string)
  default = ["a", "b"]
}

output "loop" {
  value = "%{for name in var.names}${name} %{endfor}"
}

output "condition" {
  value = "%{if length(var.names) > 1}many%{else}few%{endif}"
}

output "nested" {
  value = "a ${"b ${"c ${join("-", var.names)}"}"}"
}

output "with_object" {
  value = "x${{ a = "}" }["a"]}y"
}

output "stripped" {
  value = "a ${~var.names[0]~} b"
}
