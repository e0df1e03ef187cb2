update modules set description = ''
from (
  select distinct on (module_id) module_id, description as stated
  from module_versions where state in ('active', 'deprecated') and origin = 'published'
  order by module_id, prerelease, precedence desc) as newest
where modules.id = newest.module_id and newest.stated = '';
