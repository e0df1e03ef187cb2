ephemeral "random_password" "this" {
  length = 16
}

ephemeral "aws_secretsmanager_secret_version" "this" {
  count     = 1
  secret_id = "x"
}
