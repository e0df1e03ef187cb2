drop index cache_used;
alter table cache drop column etag, drop column last_modified, drop column fetched_at, drop column used_at;
drop table search_terms;
delete from providers where origin = 'catalogued';
delete from modules where origin = 'catalogued';
alter table provider_platforms drop column position;
alter table provider_versions
  drop constraint provider_versions_published_at,
  alter column published_at set not null,
  drop column tag, drop column position, drop column listed, drop column shasums_url,
  drop column shasums_signature_url, drop column discovered;
alter table module_versions
  drop constraint module_versions_published_at,
  alter column published_at set not null,
  drop column tag, drop column position, drop column listed;
drop index modules_changed, providers_changed;
alter table providers
  drop column popularity, drop column verified, drop column archived, drop column fork_of, drop column repository,
  drop column warnings, drop column gone_at;
alter table modules
  drop column popularity, drop column verified, drop column archived, drop column fork_of, drop column repository,
  drop column gone_at;
drop table job_runs;
drop table catalogued_keys;
drop table catalogue_namespaces;
drop table catalogue_sources;
