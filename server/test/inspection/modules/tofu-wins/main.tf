variable "for_terraform" {}
