variable "namespace" {
  type        = string
  default     = null
  description = "ID element. Usually an abbreviation of your organization name, e.g. 'eg' or 'cp'"
}

variable "attributes" {
  type        = list(string)
  default     = []
  description = <<-EOT
    ID element. Additional attributes (e.g. `workers` or `cluster`) to add to `id`,
    in the order they appear in the list. New attributes are appended to the
    end of the list. The elements of the list are joined by the `delimiter`
    and treated as a single ID element.
    EOT
}

variable "delimiter" {
  type    = string
  default = "-"

  validation {
    condition     = length(var.delimiter) <= 1
    error_message = "One character at most."
  }
}

locals {
  parts = compact(concat([var.namespace], var.attributes))
  id    = join(var.delimiter, local.parts)
}

output "id" {
  value       = local.id
  description = "Disambiguated ID string restricted to `id_length_limit` characters in total"
}
