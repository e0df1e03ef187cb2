-- People: how they sign in, what they may do, what they hold; and an audit trail that nobody rewrites.

alter table organizations add constraint organizations_name_lower check (name = lower(name)) not valid;

alter table users
  -- argon2id; none: signs in elsewhere
  add column password_hash text,
  add column created_by    text not null default '',
  add column last_seen_at  timestamptz,
  -- goes up when sessions and codes of before shall not count any more
  add column generation    integer not null default 0;

-- Roles on the whole platform.
create table platform_members (
  user_id    uuid not null references users on delete cascade,
  role       text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, role)
);
create index platform_members_admins on platform_members (user_id) where role = 'admin';

-- Where a role comes from: `manual`, or the issuer whose claims gave it and may take it away.
alter table organization_members add column source text not null default 'manual';
alter table platform_members add column source text not null default 'manual';

-- Every role of every user, with the organization's id or `platform`.
create view user_roles as
  select user_id, organization_id::text as organization, role from organization_members
  union
  select user_id, 'platform', role from platform_members;

create table sessions (
  id           uuid primary key default gen_random_uuid(),
  token_hash   bytea not null unique check (octet_length(token_hash) = 32),
  user_id      uuid not null references users on delete cascade,
  issuer       text not null default '',
  client       text not null default '',
  address      text not null default '',
  -- of the user when it was made
  generation   integer not null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at   timestamptz not null,
  revoked_at   timestamptz
);
create index sessions_user on sessions (user_id, created_at desc);
create index sessions_expiry on sessions (expires_at);

-- Short-lived things that are used once: set-up links, sign-ins under way, authorization codes. Named by the SHA-256 of
-- what their holder shows.
create table one_time_tokens (
  hash       bytea primary key check (octet_length(hash) = 32),
  kind       text not null check (kind in ('setup', 'sign-in', 'code')),
  content    jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index one_time_tokens_expiry on one_time_tokens (expires_at);

alter table api_keys
  add column kind text not null default 'api' check (kind in ('api', 'cli')),
  -- the key that takes its place; this one stays good until `expires_at`
  add column replaced_by uuid references api_keys on delete set null;
create index api_keys_replaced_by on api_keys (replaced_by);

alter table audit_logs
  -- from where
  add column address text not null default '',
  -- what became of it: done, or refused
  add column outcome text not null default 'done' check (outcome in ('done', 'refused')),
  -- e-mail of whoever a key belonged to when it was used
  add column caller_owner text not null default '';
-- A fact about a namespace is one of the organization that owned it then.
update audit_logs set organization = o.name
  from namespaces n join organizations o on o.id = n.organization_id
  where audit_logs.organization = '' and n.name = audit_logs.namespace;
create index audit_logs_caller on audit_logs (caller_id, occurred_at desc, id desc);
create index audit_logs_caller_name on audit_logs (caller_name, occurred_at desc, id desc);
create index audit_logs_caller_owner on audit_logs (caller_owner, occurred_at desc, id desc) where caller_owner <> '';
create index audit_logs_organization on audit_logs (organization, occurred_at desc, id desc);
create index audit_logs_request on audit_logs (request_id) where request_id <> '';
create index audit_logs_refused on audit_logs (occurred_at desc, id desc) where outcome = 'refused';
-- Whoever gave a namespace away is told so, too.
create index audit_logs_transferred on audit_logs ((details ->> 'from'), occurred_at desc, id desc)
  where kind = 'namespace.transferred';
-- Beginnings of texts are looked for, whatever the collation.
drop index audit_logs_kind, audit_logs_subject;
create index audit_logs_kind on audit_logs (kind text_pattern_ops, occurred_at desc, id desc);
create index audit_logs_subject on audit_logs (subject text_pattern_ops, occurred_at desc, id desc);

-- Facts stay as they were written, whoever asks. They go by age alone, through expire_facts, which runs as the owner of
-- the table and keeps what is younger than 30 days whatever it is told.
create function refuse_change_of_facts() returns trigger language plpgsql as $$
declare
  context text;
begin
  if tg_op = 'DELETE' and old.occurred_at < now() - interval '30 days'
     and current_user::regrole = (select relowner from pg_class where oid = tg_relid)::regrole then
    get diagnostics context = pg_context;
    if context ~ '\nPL/pgSQL function expire_facts\(integer\) line \d+ at SQL statement' then
      return old;
    end if;
  end if;
  raise exception 'facts of the audit trail are not changed' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_logs_immutable before update or delete on audit_logs
  for each row execute function refuse_change_of_facts();
create trigger audit_logs_kept before truncate on audit_logs
  for each statement execute function refuse_change_of_facts();

-- Takes the oldest, up to 50,000 of them, and leaves a fact of it. @returns how many
create function expire_facts(days integer) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  gone integer;
begin
  if days is null or days < 30 then
    raise exception 'facts are kept for 30 days at least' using errcode = 'invalid_parameter_value';
  end if;
  delete from audit_logs where id in (
    select id from audit_logs where occurred_at < now() - make_interval(days => days) order by occurred_at, id limit 50000);
  get diagnostics gone = row_count;
  if gone > 0 then
    insert into audit_logs (kind, caller_kind, caller_id, caller_name, subject, details)
      values ('audit.expired', 'system', '', 'cadastre', 'facts older than ' || days || ' days',
              jsonb_build_object('count', gone, 'retentionDays', days));
  end if;
  return gone;
end $$;
revoke execute on function expire_facts(integer) from public;
