-- The two roles of a registry. The PostgreSQL image runs this once, with psql and as its superuser, on an empty volume.
-- registry_owner owns the database and makes its tables (migrations); registry reads and writes rows, and is given its
-- rights table by table by the migrations.
\getenv owner_password CADASTRE_OWNER_PASSWORD
\getenv app_password CADASTRE_APP_PASSWORD

create role registry_owner login password :'owner_password';
create role registry login password :'app_password';

alter database :"DBNAME" owner to registry_owner;
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to registry_owner, registry;
revoke create on schema public from public;
