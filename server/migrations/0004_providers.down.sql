alter table provider_platforms reset (fillfactor);
alter table provider_versions reset (fillfactor);
alter table providers reset (fillfactor);
alter table module_versions reset (fillfactor);
alter table modules reset (fillfactor);
alter table provider_platforms drop column h1_unpacked;
drop index provider_versions_deleted;
alter table provider_versions
  drop column package_document,
  drop column deprecation,
  drop column shasums_filename,
  drop column signing_key_id;
alter table providers drop column deprecation;
drop index stored_objects_backend;
alter table stored_objects drop column revision;
drop table staged_files;
drop table signing_keys;
