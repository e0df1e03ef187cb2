-- What is known of a module version by reading its archive; no row: it was not read yet.
create table module_knowledge (
  version_id        bigint primary key references module_versions on delete cascade,
  -- failed: over the limits of an inspection
  state             text not null check (state in ('done', 'failed')),
  -- of what read it: what an older one read is read again
  inspector_version integer not null,
  licence           text,
  required_version  text,
  -- [{"path", "sizeBytes", "isText"}]
  files             jsonb not null default '[]',
  -- what concerns no single folder
  diagnostics       jsonb not null default '[]',
  inspected_at      timestamptz not null default now()
);
create index module_knowledge_inspector on module_knowledge (inspector_version);

-- The root, each submodule and each example. Parts are kept as the API says them, and written once.
create table module_folders (
  version_id      bigint not null references module_knowledge on delete cascade,
  -- empty for the root
  path            text not null,
  kind            text not null check (kind in ('root', 'submodule', 'example')),
  -- first sentence of its README
  description     text not null default '',
  inputs          jsonb not null default '[]',
  outputs         jsonb not null default '[]',
  resources       jsonb not null default '[]',
  requirements    jsonb not null default '{"terraform": [], "providers": [], "moduleCalls": []}',
  moves           jsonb not null default '{"moved": [], "removed": [], "imports": [], "checks": []}',
  diagnostics     jsonb not null default '[]',
  -- its path in the archive; none: there is no README
  readme_file     text,
  readme_markdown text not null default '',
  readme_html     text not null default '',
  readme_headings jsonb not null default '[]',
  -- what lists and titles say, so that they read no parts
  input_count          integer not null default 0,
  required_input_count integer not null default 0,
  output_count         integer not null default 0,
  resource_count       integer not null default 0,
  requirement_count    integer not null default 0,
  error_count          integer not null default 0,
  primary key (version_id, path)
);

-- Versions that were published before anything read them, or read by an older inspector. One run goes through all of them.
select jobs.create_queue('module-inspection',
  '{"policy": "standard", "retryLimit": 5, "retryDelay": 30, "expireInSeconds": 14400}');
