-- The cache of upstream answers, the staging tables of bulk imports, and the catalogue as plain views.

create table cache (
  cache_key   text primary key,
  cache_value text not null,
  expires_at  timestamptz not null
);
create index cache_expiry on cache (expires_at);

-- COPY lands here and a set-based merge moves it on; unlogged, since an import that a crash interrupts is read again.
create schema staging;
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

-- Read-only views with one row per version, for tools that read the catalogue with SQL.
create schema catalogue;
create view catalogue.modules as
  select module.namespace, module.name, module.system as provider, version.version,
         coalesce(nullif(version.description, ''), module.description) as description,
         coalesce(nullif(version.source_url, ''), module.source_url) as source_url,
         version.published_at, version.downloads
  from modules as module join module_versions as version on version.module_id = module.id
  where version.state in ('active', 'deprecated');
create view catalogue.providers as
  select provider.namespace, provider.type as name, version.version,
         provider.description, provider.source_url, version.published_at, version.downloads
  from providers as provider join provider_versions as version on version.provider_id = provider.id
  where version.state in ('active', 'deprecated');
create view catalogue.cache as
  select cache_key, cache_value, expires_at from cache;
