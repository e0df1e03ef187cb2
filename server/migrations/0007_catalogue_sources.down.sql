select jobs.delete_queue('catalogue-import');
drop table staging.modules, staging.module_versions, staging.providers, staging.provider_versions,
  staging.provider_platforms, staging.documents;
create unlogged table staging.modules (
  batch       bigint not null,
  hostname    text not null,
  namespace   text not null,
  name        text not null,
  system      text not null,
  description text not null default '',
  source_url  text not null default '',
  downloads   bigint not null default 0
);
create unlogged table staging.module_versions (
  batch        bigint not null,
  hostname     text not null,
  namespace    text not null,
  name         text not null,
  system       text not null,
  version      text not null,
  published_at timestamptz
);
create unlogged table staging.providers (
  batch       bigint not null,
  hostname    text not null,
  namespace   text not null,
  type        text not null,
  description text not null default '',
  source_url  text not null default '',
  downloads   bigint not null default 0
);
create unlogged table staging.provider_versions (
  batch        bigint not null,
  hostname     text not null,
  namespace    text not null,
  type         text not null,
  version      text not null,
  protocols    text[] not null default '{}',
  published_at timestamptz
);
create unlogged table staging.provider_platforms (
  batch        bigint not null,
  hostname     text not null,
  namespace    text not null,
  type         text not null,
  version      text not null,
  os           text not null,
  arch         text not null,
  filename     text not null,
  sha256       text not null,
  h1           text not null default '',
  size_bytes   bigint,
  download_url text not null default ''
);
drop index cache_used;
alter table cache drop column etag, drop column last_modified, drop column fetched_at, drop column used_at;
drop table search_terms;
delete from providers where origin = 'catalogued';
delete from modules where origin = 'catalogued';
drop index module_versions_object, provider_platforms_object;
create index module_versions_object on module_versions (object_id);
create index provider_platforms_object on provider_platforms (object_id);
alter table provider_platforms
  drop column position,
  drop constraint provider_platforms_sha256_check,
  add constraint provider_platforms_sha256_check check (sha256 ~ '^[0-9a-f]{64}$');
alter table provider_versions
  drop constraint provider_versions_published_at,
  alter column published_at set not null,
  drop column tag, drop column position, drop column listed, drop column shasums_url,
  drop column shasums_signature_url, drop column discovered;
alter table module_versions
  drop constraint module_versions_published_at,
  alter column published_at set not null,
  drop column tag, drop column position, drop column listed;
drop index modules_any_case, modules_changed, providers_changed;
alter table providers
  drop column popularity, drop column verified, drop column archived, drop column fork_of, drop column repository,
  drop column warnings, drop column source_path, drop column source_digest, drop column gone_at;
alter table modules
  drop column popularity, drop column verified, drop column archived, drop column fork_of, drop column repository,
  drop column source_path, drop column source_digest, drop column gone_at;
drop table catalogue_import_items, job_problems, job_runs;
drop table catalogued_keys;
drop table catalogue_namespaces;
drop table catalogue_sources;
