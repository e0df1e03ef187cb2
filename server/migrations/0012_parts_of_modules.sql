-- What is found by itself in modules: inputs, outputs, resources, data sources and submodules. Of each term, as the index
-- of the search has it, {"name", "folder", "about"}: written when it is learnt, so that a hit is one look-up.
alter table search_terms add column shown jsonb not null default '{}';

-- Modules that were read before. Whatever is published or read again writes the same anew.
with newest as (
  select distinct on (module_id) module_id, id from module_versions where state in ('active', 'deprecated')
  order by module_id, prerelease, precedence desc),
folder as (
  select newest.module_id, module_folders.* from newest join module_folders on version_id = newest.id
  where kind <> 'example'),
part as (
  select module_id, 'input' as field, each ->> 'name' as term, each ->> 'name' as name, '' as folder,
         concat_ws(' · ', left(each ->> 'type', 60), nullif(left(each ->> 'description', 160), '')) as about
  from folder, jsonb_array_elements(inputs) as each where kind = 'root'
  union all
  select module_id, 'output', each ->> 'name', each ->> 'name', '', left(each ->> 'description', 160)
  from folder, jsonb_array_elements(outputs) as each where kind = 'root'
  union all
  select module_id, 'submodule', regexp_replace(path, '^modules/', ''), regexp_replace(path, '^modules/', ''), path,
         left(description, 160)
  from folder where kind = 'submodule'
  union all
  select * from (
    select distinct on (module_id, each ->> 'mode', each ->> 'type')
           module_id, case each ->> 'mode' when 'data' then 'data' else 'resource' end, each ->> 'type',
           case each ->> 'mode' when 'data' then 'data.' else '' end || (each ->> 'type') || '.' || (each ->> 'name'),
           path, ''
    from folder, jsonb_array_elements(resources) with ordinality as listed (each, place)
    where each ->> 'mode' in ('managed', 'data')
    order by module_id, each ->> 'mode', each ->> 'type', path collate "C", place) as first_of_type),
named as (
  select *, left(trim(both '-' from regexp_replace(lower(term), '[^[:alnum:]]+', '-', 'g')), 128) as key
  from part where term <> '' and length(term) <= 200)
insert into search_terms (kind, item_id, field, terms, shown)
select 'module', module_id, field, array_agg(term),
       jsonb_object_agg(key, jsonb_build_object('name', name, 'folder', folder, 'about', regexp_replace(about, '\s+', ' ', 'g')))
from named where key <> '' group by module_id, field having count(*) <= 2000
on conflict (kind, item_id, field) do update set shown = excluded.shown;
