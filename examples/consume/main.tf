# Installs the example module and the example provider from the registry that `npm start` runs. The name
# registry.localhost is given to it by the CLI configuration that is written at every start: see what `npm start` prints.
terraform {
  required_providers {
    greeter = {
      source  = "registry.localhost/examples/greeter"
      version = "~> 1.0"
    }
  }
}

module "network" {
  source  = "registry.localhost/examples/network/generic"
  version = "~> 1.0"

  name = "tryout"
}

output "subnets" {
  value = module.network.subnets
}
