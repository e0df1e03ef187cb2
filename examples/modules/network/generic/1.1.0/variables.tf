variable "name" {
  description = "Name of the network."
  type        = string
}

variable "cidr" {
  description = "Address range of the whole network."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0))
    error_message = "Write the range like 10.0.0.0/16."
  }
}

variable "zones" {
  description = "Zones that get a subnet each."
  type        = list(string)
  default     = ["a", "b"]
}

variable "labels" {
  description = "Labels of the network."
  type        = map(string)
  default     = {}
}
