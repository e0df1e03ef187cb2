create or replace view catalogue.providers as
  select provider.namespace, provider.type as name, version.version,
         provider.description, provider.source_url, version.published_at, version.downloads
  from providers as provider join provider_versions as version on version.provider_id = provider.id
  where version.state in ('active', 'deprecated');
alter table staged_files drop column source;
alter table provider_versions drop column source_url, drop column source_commit, drop column source_folder;
alter table module_versions drop column source_commit, drop column source_folder;
