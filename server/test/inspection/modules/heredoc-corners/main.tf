variable "empty" {
  default = <<EOT
EOT
}

variable "blank_lines" {
  default = <<-EOT

      a
  
    b

  EOT
}

variable "looks_like_marker" {
  default = <<EOT
EOTX
xEOT
EOT x
EOT
}

variable "braces" {
  default = <<-JSON
    { "a": [1, 2, { "b": "}}}" }], "c": "#not a comment // nor this /* nor this" }
  JSON
}

variable "dollars" {
  default = <<EOT
$ $$ % %% $x %y 100% $(date) $${a} %%{b}
EOT
}

variable "hyphen" {
  default = <<END-OF-TEXT
x
END-OF-TEXT
}
