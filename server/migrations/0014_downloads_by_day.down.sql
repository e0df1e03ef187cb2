drop table provider_downloads_by_day;
drop table module_downloads_by_day;
