variable "standard" {
  description = <<EOT
First line.
  Indented line.

Last line.
EOT
  default     = <<TEXT
a "quoted" \n word
TEXT
}

variable "indented_marker" {
  default = <<EOT
  kept
	tab
  EOT
}

variable "flush" {
  description = <<-EOT
    First line.
      Indented line.

    Last line.
  EOT
  default     = <<-EOT
      deep
    shallow
   shallowest
  EOT
}

variable "in_list" {
  default = [<<-A
    one
  A
    , <<-B
    two
    B
  ]
}

output "interpolated" {
  value = <<-EOT
    name = ${var.standard}
      %{if var.flush != ""~}
      flush
      %{~endif}
    cost = $${5} and %%{six}
  EOT
}
