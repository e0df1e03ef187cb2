-- The registry's own tables. Times are timestamptz, no nullable column takes part in a unique key,
-- and every foreign key has an index that begins with its column.

create table organizations (
  id           uuid primary key default gen_random_uuid(),
  name         text not null unique,
  display_name text not null default '',
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);

insert into organizations (name, display_name) values ('default', 'Default organization');

create table users (
  id           uuid primary key default gen_random_uuid(),
  email        text not null unique check (email = lower(email)),
  display_name text not null default '',
  disabled_at  timestamptz,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);

create table organization_members (
  organization_id uuid not null references organizations on delete cascade,
  user_id         uuid not null references users on delete cascade,
  role            text not null,
  created_at      timestamptz not null default now(),
  primary key (organization_id, user_id, role)
);
create index organization_members_user on organization_members (user_id);

create table namespaces (
  id              uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations,
  name            text not null unique check (name = lower(name)),
  -- `my-team` and `my_team` do not coexist: readers take one for the other.
  folded_name     text not null generated always as (replace(name, '_', '-')) stored unique,
  visibility      text not null default 'internal' check (visibility in ('private', 'internal', 'public')),
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now()
);
create index namespaces_organization on namespaces (organization_id);

create table api_keys (
  id              uuid primary key default gen_random_uuid(),
  -- none: the key is the platform's, not one organization's
  organization_id uuid references organizations on delete cascade,
  -- a key outlives its owner in the books only: it is revoked when the user is deleted
  user_id         uuid references users on delete set null,
  name            text not null,
  key_hash        bytea not null unique check (octet_length(key_hash) = 32),
  key_prefix      text not null,
  scopes          text[] not null,
  -- empty: every namespace of the organization
  namespaces      text[] not null default '{}',
  expires_at      timestamptz,
  last_used_at    timestamptz,
  revoked_at      timestamptz,
  created_by      text not null,
  created_at      timestamptz not null default now()
);
create index api_keys_organization on api_keys (organization_id, created_at desc, id desc);
create index api_keys_user on api_keys (user_id);
create index api_keys_newest on api_keys (created_at desc, id desc);

-- Bytes in the object store. A row is written before the bytes and removed after them, so a row that
-- nothing refers to tells the sweep which bytes lost their version.
create table stored_objects (
  id         bigint generated always as identity primary key,
  backend    text not null,
  key        text not null,
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes >= 0),
  touched_at timestamptz not null default now(),
  unique (backend, key)
);
create index stored_objects_touched on stored_objects (touched_at);

-- hostname 'self' is this registry, whatever name it is reached by; mirrored and catalogued artefacts keep theirs.
create table modules (
  id           bigint generated always as identity primary key,
  namespace_id uuid references namespaces,
  hostname     text not null default 'self',
  namespace    text not null,
  name         text not null,
  system       text not null,
  origin       text not null default 'published' check (origin in ('published', 'mirrored', 'catalogued')),
  description  text not null default '',
  source_url   text not null default '',
  downloads    bigint not null default 0,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  folded_name  text not null generated always as (replace(lower(name), '_', '-')) stored,
  unique (hostname, namespace, name, system),
  check (origin <> 'published' or (namespace_id is not null and hostname = 'self' and name = lower(name)))
);
create index modules_namespace on modules (namespace_id);
create unique index modules_one_spelling on modules (namespace, folded_name, system) where hostname = 'self';

create table module_versions (
  id           bigint generated always as identity primary key,
  module_id    bigint not null references modules on delete cascade,
  version      text not null,
  -- the version without build metadata: two that differ only there are one version to every client
  core         text not null,
  -- sorts by plain byte order as SemVer sorts by precedence
  precedence   text collate "C" not null,
  prerelease   boolean not null default false,
  state        text not null default 'active' check (state in ('active', 'deprecated', 'revoked', 'deleted')),
  origin       text not null default 'published' check (origin in ('published', 'mirrored', 'catalogued')),
  description  text not null default '',
  source_url   text not null default '',
  object_id    bigint references stored_objects,
  sha256       text,
  -- of the archive before it was compressed: the same content is the same, whichever zlib packed it
  content_sha256 text,
  size_bytes   bigint,
  downloads    bigint not null default 0,
  published_by text not null default '',
  published_at timestamptz not null default now(),
  deleted_at   timestamptz,
  unique (module_id, core)
);
create index module_versions_newest on module_versions (module_id, precedence desc);
create index module_versions_object on module_versions (object_id);
create index module_versions_deleted on module_versions (deleted_at) where deleted_at is not null;

create table providers (
  id           bigint generated always as identity primary key,
  namespace_id uuid references namespaces,
  hostname     text not null default 'self',
  namespace    text not null check (namespace = lower(namespace)),
  type         text not null check (type = lower(type)),
  origin       text not null default 'published' check (origin in ('published', 'mirrored', 'catalogued')),
  description  text not null default '',
  source_url   text not null default '',
  downloads    bigint not null default 0,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  unique (hostname, namespace, type),
  check (origin <> 'published' or (namespace_id is not null and hostname = 'self'))
);
create index providers_namespace on providers (namespace_id);

create table provider_versions (
  id                bigint generated always as identity primary key,
  provider_id       bigint not null references providers on delete cascade,
  version           text not null,
  core              text not null,
  precedence        text collate "C" not null,
  prerelease        boolean not null default false,
  protocols         text[] not null default '{}',
  state             text not null default 'active' check (state in ('active', 'deprecated', 'revoked', 'deleted')),
  origin            text not null default 'published' check (origin in ('published', 'mirrored', 'catalogued')),
  shasums           bytea,
  shasums_signature bytea,
  gpg_key_id        text not null default '',
  gpg_public_key    text not null default '',
  downloads         bigint not null default 0,
  published_by      text not null default '',
  published_at      timestamptz not null default now(),
  deleted_at        timestamptz,
  unique (provider_id, core)
);
create index provider_versions_newest on provider_versions (provider_id, precedence desc);

create table provider_platforms (
  id                  bigint generated always as identity primary key,
  provider_version_id bigint not null references provider_versions on delete cascade,
  os                  text not null,
  arch                text not null,
  filename            text not null,
  sha256              text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  h1                  text not null default '',
  size_bytes          bigint,
  download_url        text not null default '',
  object_id           bigint references stored_objects,
  downloads           bigint not null default 0,
  unique (provider_version_id, os, arch)
);
create index provider_platforms_object on provider_platforms (object_id);

-- One row per second, version and caller: `downloads` says how many. No foreign key to a version on purpose:
-- the events stay when it goes.
create table download_events (
  id                   bigint generated always as identity primary key,
  occurred_at          timestamptz not null default now(),
  module_version_id    bigint,
  provider_platform_id bigint,
  api_key_id           uuid,
  user_id              uuid,
  client               text not null default '',
  downloads            integer not null check (downloads > 0),
  check (num_nonnulls(module_version_id, provider_platform_id) = 1)
);
create index download_events_module_version on download_events (module_version_id, occurred_at);
create index download_events_provider_platform on download_events (provider_platform_id, occurred_at);
create index download_events_when on download_events (occurred_at);

-- Facts. They name things by text, so that they stay true when the things are gone.
create table audit_logs (
  id           bigint generated always as identity primary key,
  occurred_at  timestamptz not null default now(),
  kind         text not null,
  caller_kind  text not null,
  caller_id    text not null,
  caller_name  text not null,
  organization text not null default '',
  namespace    text not null default '',
  subject      text not null,
  details      jsonb not null default '{}',
  request_id   text not null default ''
);
create index audit_logs_when on audit_logs (occurred_at desc, id desc);
create index audit_logs_kind on audit_logs (kind, occurred_at desc, id desc);
create index audit_logs_subject on audit_logs (subject, occurred_at desc, id desc);
create index audit_logs_namespace on audit_logs (namespace, occurred_at desc, id desc);

-- The bytes a client will get, plain and gzipped, kept in step by the transaction that changes what they say.
create table documents (
  key        text primary key,
  plain      bytea not null,
  gzip       bytea not null,
  etag       text not null,
  updated_at timestamptz not null default now()
);
-- The gzip is compressed already, and the plain form is read whole: no second compression.
alter table documents alter column plain set storage external, alter column gzip set storage external;

-- What changed, for processes that keep documents and rights in memory. NOTIFY is the hint; after a lost
-- connection they read the rows whose transaction they may not have heard of.
create table changes (
  id         bigint generated always as identity primary key,
  xid        xid8 not null default pg_current_xact_id(),
  topic      text not null,
  occurred_at timestamptz not null default now()
);
create index changes_xid on changes (xid);
create index changes_when on changes (occurred_at);

-- Facts about this installation itself: which encryption key it belongs to.
create table installation (
  name  text primary key,
  value text not null
);
