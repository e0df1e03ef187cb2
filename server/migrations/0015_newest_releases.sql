-- When the latest version of each module and provider was published, so that a list begins with the newest without looking
-- at all of them: the epoch where there is none. Written here, so that a server which knows nothing of it keeps it true.
alter table modules add column released_at timestamptz not null default 'epoch';
alter table providers add column released_at timestamptz not null default 'epoch';

update modules set released_at = latest.published_at
from (
  select distinct on (module_id) module_id, published_at from module_versions
  where state in ('active', 'deprecated') and not prerelease and origin = 'published'
  order by module_id, precedence desc) as latest
where modules.id = latest.module_id;

update providers set released_at = latest.published_at
from (
  select distinct on (provider_id) provider_id, published_at from provider_versions
  where state in ('active', 'deprecated') and not prerelease and origin = 'published'
  order by provider_id, precedence desc) as latest
where providers.id = latest.provider_id;

create index modules_released on modules (released_at desc, namespace, name, system) where hostname = 'self';
create index providers_released on providers (released_at desc, namespace, type) where hostname = 'self';

-- The row is held first, as whoever publishes does: the update is a statement of its own, which sees what others had done
-- with it when it was waited for.
create function note_module_release() returns trigger language plpgsql as $$
begin
  perform from modules where id = new.module_id for no key update;
  update modules set released_at = coalesce((
    select published_at from module_versions
    where module_id = new.module_id and state in ('active', 'deprecated') and not prerelease
    order by precedence desc limit 1), 'epoch')
  where id = new.module_id;
  return null;
end $$;

create function note_provider_release() returns trigger language plpgsql as $$
begin
  perform from providers where id = new.provider_id for no key update;
  update providers set released_at = coalesce((
    select published_at from provider_versions
    where provider_id = new.provider_id and state in ('active', 'deprecated') and not prerelease
    order by precedence desc limit 1), 'epoch')
  where id = new.provider_id;
  return null;
end $$;

create trigger module_versions_released after insert or update of state, published_at on module_versions
  for each row when (new.origin = 'published') execute function note_module_release();
create trigger provider_versions_released after insert or update of state, published_at on provider_versions
  for each row when (new.origin = 'published') execute function note_provider_release();
