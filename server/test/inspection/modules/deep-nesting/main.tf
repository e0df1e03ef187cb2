variable "deep" {
  type = list(map(set(list(map(object({ a = list(object({ b = map(object({ c = tuple([set(string)]) })) })) }))))))
}

variable "deep_value" {
  default = [[[[[[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]]]]]
}

locals {
  parens = ((((((((((1))))))))))
}
