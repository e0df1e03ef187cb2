drop schema catalogue cascade;
drop schema staging cascade;
drop table cache;
