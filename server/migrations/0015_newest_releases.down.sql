drop trigger provider_versions_released on provider_versions;
drop trigger module_versions_released on module_versions;
drop function note_provider_release();
drop function note_module_release();
drop index providers_released, modules_released;
alter table providers drop column released_at;
alter table modules drop column released_at;
