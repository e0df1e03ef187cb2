variable "cidr" {
  description = "Address range to divide."
  type        = string
}

variable "zones" {
  description = "Zones that get a part each."
  type        = list(string)
}

output "ranges" {
  description = "Address range of each zone."
  value       = { for index, zone in var.zones : zone => cidrsubnet(var.cidr, 8, index) }
}
