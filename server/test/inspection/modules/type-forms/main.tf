variable "no_type" {}

variable "list_of_lists" {
  type    = list(list(string))
  default = [["a"], []]
}

variable "set_of_numbers" {
  type    = set(number)
  default = [1, 2.5, 1e3]
}

variable "tuple_of_objects" {
  type = tuple([object({ a = string }), object({ b = optional(bool, false) })])
}

variable "comment_in_type" {
  type = map( # of what
    /* of these */
    object({
      # first line
      # second line
      a = string
      # unrelated

      b = string
    })
  )
  default = {}
}

variable "map_of_any" {
  type    = map(any)
  default = { a = "1", "b c" = "2", "d.e" = "3" }
}

variable "empty_object" {
  type    = object({})
  default = {}
}
