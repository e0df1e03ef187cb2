check "healthy" {
  data "terraform_remote_state" "other" {
    backend = "local"
    config  = { path = "x.tfstate" }
  }

  assert {
    condition     = data.terraform_remote_state.other.outputs != null
    error_message = "Nothing there: ${terraform.workspace}."
  }
}

check "simple" {
  assert {
    condition     = length(terraform.workspace) > 0
    error_message = "Never."
  }
}
