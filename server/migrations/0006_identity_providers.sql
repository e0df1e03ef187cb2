-- Who vouches for people, beside the passwords that we keep.

-- Issuers that were added while the registry ran; those of the settings are not in here.
create table identity_providers (
  id             uuid primary key default gen_random_uuid(),
  -- names it in addresses: the provider sends people back to /auth/callback/<name>
  name           text not null unique check (name ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$'),
  kind           text not null default 'oidc' check (kind in ('oidc', 'entra')),
  display_name   text not null default '',
  issuer_url     text not null,
  client_id      text not null,
  -- encrypted with a key that is derived from `security.encryption_key`; none: a public client
  client_secret  bytea,
  scopes         text[] not null default '{openid,email,profile}',
  group_claim    text not null default 'groups',
  -- [{"group": …, "organization": a name, or "platform", "role": …}]
  group_mappings jsonb not null default '[]',
  enabled        boolean not null default true,
  created_by     text not null default '',
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);

-- Whom an issuer means by a subject. Addresses change hands, subjects do not.
create table identities (
  id           uuid primary key default gen_random_uuid(),
  issuer       text not null,
  subject      text not null,
  user_id      uuid not null references users on delete cascade,
  -- as the issuer last said it
  email        text not null default '',
  created_at   timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  unique (issuer, subject)
);
create index identities_user on identities (user_id);
