-- Whole registries in the catalogue: where they come from, who may see them, and what their lists say beside versions.

-- One row per registry that was imported, by the name its addresses carry.
create table catalogue_sources (
  hostname     text primary key check (hostname = lower(hostname) and hostname <> 'self'),
  kind         text not null check (kind in ('opentofu-folder', 'registry-api', 'search-feed')),
  -- of the folder or the server, as it was given
  address      text not null,
  -- of its namespaces, where `catalogue_namespaces` says nothing else
  visibility   text not null default 'internal' check (visibility in ('private', 'internal', 'public')),
  -- its list of versions that must not be published, as it was written
  blacklist    text not null default '',
  imported_at  timestamptz,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);
create table catalogue_namespaces (
  hostname   text not null references catalogue_sources on delete cascade,
  namespace  text not null check (namespace = lower(namespace)),
  visibility text not null check (visibility in ('private', 'internal', 'public')),
  primary key (hostname, namespace)
);

-- Public keys that a source knows for a namespace, or for one provider of it; in the order of the source.
create table catalogued_keys (
  hostname  text not null,
  namespace text not null,
  type      text not null default '',
  position  integer not null,
  -- as the source files it
  filename  text not null,
  key_id    text not null,
  armored   text not null,
  primary key (hostname, namespace, type, position)
);

-- What runs in the background and is worth watching: imports, refreshes.
create table job_runs (
  id           uuid primary key default gen_random_uuid(),
  kind         text not null,
  -- what it is about, such as a hostname
  subject      text not null default '',
  state        text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  options      jsonb not null default '{}',
  -- {"done": n, "total": n or null, …}
  progress     jsonb not null default '{}',
  -- where to go on after a kill
  resume_at    jsonb,
  -- what was new, changed, gone, skipped and why
  report       jsonb,
  error        text not null default '',
  started_by   text not null default '',
  created_at   timestamptz not null default now(),
  started_at   timestamptz,
  -- a run whose heart stopped is one that was killed
  heartbeat_at timestamptz,
  finished_at  timestamptz
);
-- What a run could not take as it was, and why.
create table job_problems (
  run_id uuid not null references job_runs on delete cascade,
  id     bigint generated always as identity,
  path   text not null,
  reason text not null,
  primary key (run_id, id)
);
-- What an import has met so far: what is not in it when the import is through has gone from the source.
create table catalogue_import_items (
  run_id  uuid not null references job_runs on delete cascade,
  kind    text not null check (kind in ('module', 'provider')),
  item_id bigint not null,
  primary key (run_id, kind, item_id)
);
create index job_runs_newest on job_runs (created_at desc, id desc);
create index job_runs_subject on job_runs (kind, subject, created_at desc);

alter table modules
  -- as its source counts it; none: the source does not say
  add column popularity bigint,
  add column verified   boolean not null default false,
  add column archived   boolean not null default false,
  -- address of what it was copied from
  add column fork_of    text not null default '',
  -- where its source says that it lies, when that is not the rule of the source
  add column repository text not null default '',
  -- where its source files it, when that is not the rule of the source
  add column source_path   text not null default '',
  -- of what the source said when it was read: the same again changes nothing
  add column source_digest text not null default '',
  -- not in its source any more
  add column gone_at    timestamptz;
alter table providers
  add column popularity bigint,
  add column verified   boolean not null default false,
  add column archived   boolean not null default false,
  add column fork_of    text not null default '',
  add column repository text not null default '',
  add column warnings   text[] not null default '{}',
  add column source_path   text not null default '',
  add column source_digest text not null default '',
  add column gone_at    timestamptz;
-- Some registries know upper case, and clients send what people typed.
create index modules_any_case on modules (hostname, lower(namespace), lower(name), system) where hostname <> 'self';
create index modules_changed on modules (updated_at);
create index providers_changed on providers (updated_at);

-- Sources write versions as they like: what stands in `tag`, `listed` says whether a client may see it, and `position` is
-- its place in the list of the source, counted from the end: lists grow at the front. `core` is what a client asks for;
-- of what a list has twice it ends in `#2`. A date that no source told is none.
alter table module_versions
  add column tag      text not null default '',
  add column position integer not null default 0,
  add column listed   boolean not null default true,
  alter column published_at drop not null,
  add constraint module_versions_published_at check (origin <> 'published' or published_at is not null);
alter table provider_versions
  add column tag                   text not null default '',
  add column position              integer not null default 0,
  add column listed                boolean not null default true,
  add column shasums_url           text not null default '',
  add column shasums_signature_url text not null default '',
  -- as the source wrote it, to the nanosecond
  add column discovered            text not null default '',
  alter column published_at drop not null,
  add constraint provider_versions_published_at check (origin <> 'published' or published_at is not null);
-- Lists of versions name platforms alone: a platform without a sum is one whose archive the source has not told of.
alter table provider_platforms
  add column position smallint not null default 0,
  drop constraint provider_platforms_sha256_check,
  -- As a regular expression this would take most of the time of an import.
  add constraint provider_platforms_sha256_check check (case sha256 when '' then filename = '' else
    octet_length(sha256) = 64 and octet_length(decode(sha256, 'hex')) = 32 and sha256 = lower(sha256 collate "C") end);
-- What is catalogued lies in no store of ours: half a million rows that need no entry.
drop index module_versions_object, provider_platforms_object;
create index module_versions_object on module_versions (object_id) where object_id is not null;
create index provider_platforms_object on provider_platforms (object_id) where object_id is not null;

-- What is known of a module or provider beside its name and description, by field: `resource`, `input`, `output`, `word`.
-- Whoever learns something writes it here, and the search finds it.
create table search_terms (
  kind    text not null check (kind in ('module', 'provider')),
  item_id bigint not null,
  field   text not null,
  terms   text[] not null,
  primary key (kind, item_id, field)
);

-- Answers of other registries, to be asked again only whether they are still good.
alter table cache
  add column etag          text not null default '',
  add column last_modified text not null default '',
  add column fetched_at    timestamptz not null default now(),
  add column used_at       timestamptz not null default now();
create index cache_used on cache (used_at);

-- The shapes that an import copies into, as temporary tables of its own session, what it compares with what is there.
-- `item` and `number` tie the rows of one batch together; what is null is what the source does not say.
drop table staging.modules, staging.module_versions, staging.providers, staging.provider_versions,
  staging.provider_platforms;
create table staging.modules (
  item          integer not null,
  id            bigint not null,
  description   text,
  source_url    text,
  repository    text not null,
  downloads     bigint,
  popularity    bigint,
  verified      boolean,
  archived      boolean,
  fork_of       text,
  source_path   text not null,
  source_digest text not null
);
create table staging.module_versions (
  item         integer not null,
  version      text not null,
  tag          text not null,
  core         text not null,
  precedence   text collate "C" not null,
  prerelease   boolean not null,
  listed       boolean not null,
  position     integer not null,
  published_at timestamptz,
  downloads    bigint
);
create table staging.providers (
  item          integer not null,
  id            bigint not null,
  description   text,
  source_url    text,
  repository    text not null,
  warnings      text[] not null,
  downloads     bigint,
  popularity    bigint,
  verified      boolean,
  archived      boolean,
  fork_of       text,
  source_path   text not null,
  source_digest text not null
);
create table staging.provider_versions (
  item                  integer not null,
  number                integer not null,
  id                    bigint,
  version               text not null,
  tag                   text not null,
  core                  text not null,
  precedence            text collate "C" not null,
  prerelease            boolean not null,
  listed                boolean not null,
  position              integer not null,
  protocols             text[] not null,
  shasums_url           text not null,
  shasums_signature_url text not null,
  discovered            text not null,
  published_at          timestamptz,
  downloads             bigint
);
create table staging.provider_platforms (
  number       integer not null,
  os           text not null,
  arch         text not null,
  filename     text not null,
  download_url text not null,
  sha256       text not null,
  h1           text not null,
  size_bytes   bigint,
  position     smallint not null
);
create table staging.documents (
  key   text not null,
  plain bytea not null,
  gzip  bytea not null,
  etag  text not null
);

-- Imports that somebody asked for through the API. What a run reached is kept, so that one that died goes on.
select jobs.create_queue('catalogue-import',
  '{"policy": "standard", "retryLimit": 5, "retryDelay": 30, "expireInSeconds": 14400}');
