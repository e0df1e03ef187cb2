variable "for_both" {}
