variable "password" {
  type      = string
  ephemeral = true
  sensitive = true
}

output "token" {
  value     = "x"
  sensitive = true
}
