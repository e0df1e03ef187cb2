#!/bin/sh
# Makes deploy/.env, which compose.yaml reads: a random password for each part, for this user's eyes only.
# It never touches a file that is there: the database keeps the passwords it was made with.
set -eu
cd "$(dirname "$0")"

if [ -e .env ]; then
  echo 'deploy/.env is there already, and was left as it is.' >&2
  exit 1
fi

umask 077
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
for name in POSTGRES_PASSWORD CADASTRE_OWNER_PASSWORD CADASTRE_APP_PASSWORD CADASTRE_ENCRYPTION_KEY GRAFANA_PASSWORD; do
  echo "$name=$(random)"
done >.env
echo 'Made deploy/.env. Keep a copy of it with your backups: CADASTRE_ENCRYPTION_KEY cannot be made again.'
