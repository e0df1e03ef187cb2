# A comment at the top.
// Another.
/* And one
   of several lines. */
variable "a" { # behind the brace
  # inside
  type = string // behind the type
  /* before */ default = "x" /* behind */ # and again
  # last
} # behind the block

/**/ variable /* here */ "b" /* and here */ {}

variable "c" { /* only a comment */ }

locals { # nothing
}
