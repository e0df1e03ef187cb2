-- Where the code of a version comes from, as whoever published it said: the commit, and the folder inside of the repository.
alter table module_versions
  add column source_commit text not null default '',
  add column source_folder text not null default '';
alter table provider_versions
  add column source_url    text not null default '',
  add column source_commit text not null default '',
  add column source_folder text not null default '';
-- What was said with a file of a version that is not live yet: `{"source", "commit", "folder"}`.
alter table staged_files add column source jsonb;

create or replace view catalogue.providers as
  select provider.namespace, provider.type as name, version.version,
         provider.description, coalesce(nullif(version.source_url, ''), provider.source_url) as source_url,
         version.published_at, version.downloads
  from providers as provider join provider_versions as version on version.provider_id = provider.id
  where version.state in ('active', 'deprecated');
