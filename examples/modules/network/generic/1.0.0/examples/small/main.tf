module "network" {
  source  = "registry.localhost/examples/network/generic"
  version = "~> 1.0"

  name = "small"
}
