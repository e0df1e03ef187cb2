output "broken" {
  value = "a ${var.x b"
}

output "after" {
  value = 1
}
