variable "list" {
  default = [
    "a"
    ,
    "b",

    # a comment
    "c", // another
  ]
}

variable "map" {
  default = {

    a = 1

    b = 2,
    c = 3 # trailing


  }
}

output "call" {
  value = join(
    "-"
    ,
    var.list
  )
}
