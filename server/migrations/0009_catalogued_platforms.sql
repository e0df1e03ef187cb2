-- The platforms of a catalogued version beside it: half a million rows, each looked up in its version and put into two
-- indexes, were most of an import. What fits no such list stays in `provider_platforms`, and so does what is published.

alter table provider_versions
  -- `linux_amd64`, in the order of the source; null: they are rows of `provider_platforms`, or there are none
  add column platforms      text[],
  -- an archive is called this, its platform and `.zip`, and lies beside the sums; null: the source tells of no archives
  add column archive_prefix text,
  -- SHA-256 of each, one after the other
  add column archive_sums   bytea,
  -- null: of none of them
  add column archive_h1s    text[],
  add column archive_sizes  bigint[],
  add constraint provider_versions_platforms check (platforms is null or (
    origin = 'catalogued' and (archive_prefix is null) = (archive_sums is null)
    and coalesce(octet_length(archive_sums), 32 * cardinality(platforms)) = 32 * cardinality(platforms)
    and coalesce(cardinality(archive_h1s), cardinality(platforms)) = cardinality(platforms)
    and coalesce(cardinality(archive_sizes), cardinality(platforms)) = cardinality(platforms)));
alter table staging.provider_versions
  add column platforms      text[],
  add column archive_prefix text,
  add column archive_sums   bytea,
  add column archive_h1s    text[],
  add column archive_sizes  bigint[];

-- What such a list says, with the columns of `provider_platforms`.
create function listed_platforms(platforms text[], prefix text, sums bytea, h1s text[], sizes bigint[])
  returns table (os text, arch text, filename text, download_url text, sha256 text, h1 text, size_bytes bigint,
                 "position" smallint)
  language sql immutable parallel safe
  as $$
    select split_part(name, '_', 1), split_part(name, '_', 2), coalesce(prefix || name || '.zip', ''), '',
           coalesce(encode(substring(sums from (32 * place - 31)::integer for 32), 'hex'), ''),
           coalesce(h1s[place], ''), sizes[place], (place - 1)::smallint
    from unnest(platforms) with ordinality as listed (name, place)
  $$;

-- Every platform, whichever way it is kept. The version of the server before this one writes rows, and then these hold.
create view provider_version_platforms as
  select provider_version_id, os, arch, filename, download_url, sha256, h1, size_bytes, position from provider_platforms
  union all
  select version.id, listed.os, listed.arch, listed.filename, listed.download_url, listed.sha256, listed.h1,
         listed.size_bytes, listed.position
  from provider_versions as version cross join lateral listed_platforms(
    version.platforms, version.archive_prefix, version.archive_sums, version.archive_h1s, version.archive_sizes) as listed
  where version.platforms is not null
    and not exists (select from provider_platforms where provider_version_id = version.id);

create view catalogue.platforms as
  select provider.namespace, provider.type as name, version.version, platform.os, platform.arch, platform.filename,
         platform.sha256
  from providers as provider join provider_versions as version on version.provider_id = provider.id
    join provider_version_platforms as platform on platform.provider_version_id = version.id
  where version.state in ('active', 'deprecated');
