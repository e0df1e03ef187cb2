variable "größe" {
  description = "Größe des Dings in Metern – höchstens 3 × 4. 日本語も。 🚀"
  type        = string
  default     = "größe"
}

variable "decomposed" {
  default = "é å"
}

variable "keys" {
  default = { "schlüssel" = "wert", "キー" = "値", größe = 1 }
}

output "größe" {
  value = var.größe
}
