-- Whole registries in the catalogue: where they come from, who may see them, and what their lists say beside versions.

-- One row per registry that was imported, by the name its addresses carry.
create table catalogue_sources (
  hostname     text primary key check (hostname = lower(hostname) and hostname <> 'self'),
  kind         text not null check (kind in ('opentofu-folder', 'registry-api', 'search-feed')),
  -- of the folder or the server, as it was given
  address      text not null,
  -- of its namespaces, where `catalogue_namespaces` says nothing else
  visibility   text not null default 'internal' check (visibility in ('private', 'internal', 'public')),
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
  -- not in its source any more
  add column gone_at    timestamptz;
alter table providers
  add column popularity bigint,
  add column verified   boolean not null default false,
  add column archived   boolean not null default false,
  add column fork_of    text not null default '',
  add column repository text not null default '',
  add column warnings   text[] not null default '{}',
  add column gone_at    timestamptz;
create index modules_changed on modules (updated_at);
create index providers_changed on providers (updated_at);

-- Sources write versions as they like: what stands in `tag`, `listed` says whether a client may see it, and `position` is
-- its place in the list of the source. `core` of what a list has twice ends in `#2`. A date that no source told is none.
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
alter table provider_platforms
  add column position smallint not null default 0;

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
