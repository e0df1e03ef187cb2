output "id" {
  description = "Identifier of the network."
  value       = terraform_data.network.id
}

output "subnets" {
  description = "Address range of each zone."
  value       = module.subnets.ranges
}
