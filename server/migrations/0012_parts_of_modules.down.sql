delete from search_terms where field in ('submodule', 'data');
alter table search_terms drop column shown;
