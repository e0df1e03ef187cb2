drop view catalogue.platforms;
insert into provider_platforms (provider_version_id, os, arch, filename, download_url, sha256, h1, size_bytes, position)
  select platform.provider_version_id, platform.os, platform.arch, platform.filename, platform.download_url,
         platform.sha256, platform.h1, platform.size_bytes, platform.position
  from provider_version_platforms as platform
  where not exists (select from provider_platforms where provider_version_id = platform.provider_version_id);
drop view provider_version_platforms;
drop function listed_platforms;
alter table staging.provider_versions
  drop column platforms, drop column archive_prefix, drop column archive_sums, drop column archive_h1s,
  drop column archive_sizes;
alter table provider_versions
  drop constraint provider_versions_platforms,
  drop column platforms, drop column archive_prefix, drop column archive_sums, drop column archive_h1s,
  drop column archive_sizes;
