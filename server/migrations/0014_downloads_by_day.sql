-- How often each version was downloaded on each day in UTC, by client: to sum up a year of events would take too long. They
-- are written together with `download_events`. Of providers by version alone: what a platform was downloaded in all stands
-- with it. No foreign keys on purpose: versions of catalogued registries go by the thousand, and each would be looked for
-- here.
create table module_downloads_by_day (
  module_id  bigint not null,
  version_id bigint not null,
  day        date not null,
  terraform  integer not null default 0,
  opentofu   integer not null default 0,
  other      integer not null default 0,
  primary key (module_id, day, version_id)
) with (fillfactor = 80);

create table provider_downloads_by_day (
  provider_id bigint not null,
  version_id  bigint not null,
  day         date not null,
  terraform   integer not null default 0,
  opentofu    integer not null default 0,
  other       integer not null default 0,
  primary key (provider_id, day, version_id)
) with (fillfactor = 80);

insert into module_downloads_by_day (module_id, version_id, day, terraform, opentofu, other)
select version.module_id, version.id, (event.occurred_at at time zone 'UTC')::date,
       coalesce(sum(event.downloads) filter (where event.client = 'terraform'), 0),
       coalesce(sum(event.downloads) filter (where event.client = 'opentofu'), 0),
       coalesce(sum(event.downloads) filter (where event.client not in ('terraform', 'opentofu')), 0)
from download_events as event
join module_versions as version on version.id = event.module_version_id
group by 1, 2, 3;

insert into provider_downloads_by_day (provider_id, version_id, day, terraform, opentofu, other)
select version.provider_id, version.id, (event.occurred_at at time zone 'UTC')::date,
       coalesce(sum(event.downloads) filter (where event.client = 'terraform'), 0),
       coalesce(sum(event.downloads) filter (where event.client = 'opentofu'), 0),
       coalesce(sum(event.downloads) filter (where event.client not in ('terraform', 'opentofu')), 0)
from download_events as event
join provider_platforms as platform on platform.id = event.provider_platform_id
join provider_versions as version on version.id = platform.provider_version_id
group by 1, 2, 3;
