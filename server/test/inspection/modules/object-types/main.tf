variable "simple" {
  type = object({ name = string, size = number })
}

variable "settings" {
  description = "Everything."
  type = object({
    # The name of it.
    name = string
    tags = optional(map(string), {}) // Put on everything.

    rules = optional(list(object({
      from     = number
      to       = optional(number, 65535)
      protocol = optional(string, "tcp") /* or udp */
      cidrs    = set(string)
    })), [])
    pair = tuple([string, bool])
    any  = any
  })
  default = {
    name  = "x"
    pair  = ["a", true]
    any   = { deep = { deeper = [{ deepest = null }] } }
    rules = [{ from = 1, cidrs = [] }]
  }
}
