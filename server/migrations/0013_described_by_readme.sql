-- Modules whose newest version says nothing of itself are described by the first sentence of its README.
update modules set description = said.description
from (
  select distinct on (newest.module_id) newest.module_id, newest.description as stated, root.description
  from module_versions as newest
  left join module_folders as root on root.version_id = newest.id and root.kind = 'root'
  where newest.state in ('active', 'deprecated') and newest.origin = 'published'
  order by newest.module_id, newest.prerelease, newest.precedence desc) as said
where modules.id = said.module_id and said.stated = '' and coalesce(said.description, '') <> '';
