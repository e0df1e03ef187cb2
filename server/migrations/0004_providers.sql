-- Signing keys, files of provider versions that are not yet published, and what providers need to be served.

-- Public OpenPGP keys of a namespace; several at once, so that a new one can be brought in before the old one goes.
create table signing_keys (
  id           bigint generated always as identity primary key,
  namespace_id uuid not null references namespaces on delete cascade,
  -- of the primary key, upper-case hex
  fingerprint  text not null check (fingerprint ~ '^[0-9A-F]{40}([0-9A-F]{24})?$'),
  key_id       text not null check (key_id ~ '^[0-9A-F]{16}$'),
  -- fingerprints of the primary key and the subkeys that may sign
  signers      text[] not null,
  algorithm    text not null,
  user_id      text not null default '',
  armored      text not null,
  expires_at   timestamptz,
  added_by     text not null,
  created_at   timestamptz not null default now(),
  unique (namespace_id, fingerprint)
);

-- Files that wait for their version to be finished. A zip lies in the store, the small ones lie here.
create table staged_files (
  id           bigint generated always as identity primary key,
  namespace_id uuid not null references namespaces on delete cascade,
  type         text not null check (type = lower(type)),
  core         text not null,
  filename     text not null,
  sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes   bigint not null check (size_bytes >= 0),
  content      bytea,
  object_id    bigint references stored_objects,
  -- of a zip: over every entry, and over what unpacking it leaves
  h1           text not null default '',
  h1_unpacked  text not null default '',
  staged_by    text not null,
  staged_at    timestamptz not null default now(),
  unique (namespace_id, type, core, filename),
  check (num_nonnulls(content, object_id) = 1)
);
create index staged_files_object on staged_files (object_id);
create index staged_files_when on staged_files (staged_at);

alter table stored_objects
  -- what the store calls these bytes: another one means that somebody wrote there
  add column revision text;
create index stored_objects_backend on stored_objects (backend, id);

alter table providers
  -- said to everybody who installs any version
  add column deprecation text not null default '';

alter table provider_versions
  add column signing_key_id bigint references signing_keys,
  add column shasums_filename text not null default '',
  add column deprecation text not null default '',
  -- the part of a download answer that is the same for every platform and every client, as JSON
  add column package_document text;
create index provider_versions_signing_key on provider_versions (signing_key_id);
create index provider_versions_deleted on provider_versions (deleted_at) where deleted_at is not null;

alter table provider_platforms
  -- of what unpacking the zip leaves: what a lock file records
  add column h1_unpacked text not null default '';

-- Rows that carry counters leave room in their pages, so that counting rewrites no index.
alter table modules set (fillfactor = 80);
alter table module_versions set (fillfactor = 80);
alter table providers set (fillfactor = 80);
alter table provider_versions set (fillfactor = 80);
alter table provider_platforms set (fillfactor = 80);
