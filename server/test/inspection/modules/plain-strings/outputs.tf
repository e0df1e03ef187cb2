output "plain" {
  description = "The text."
  value       = var.plain
}

output "joined" {
  value = "${var.plain}-${var.escapes}"
}
