drop table identities;
drop table identity_providers;
