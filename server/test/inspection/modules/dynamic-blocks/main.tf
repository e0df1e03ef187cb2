variable "rules" {
  type = list(object({
    port  = number
    cidrs = list(string)
  }))
  default = []
}

resource "aws_security_group" "this" {
  name = "x"

  dynamic "ingress" {
    for_each = var.rules
    iterator = rule

    content {
      from_port   = rule.value.port
      to_port     = rule.value.port
      protocol    = "tcp"
      cidr_blocks = rule.value.cidrs

      dynamic "inner" {
        for_each = rule.value.cidrs
        content {
          value = inner.value
        }
      }
    }
  }

  timeouts {
    create = "10m"
  }
}
