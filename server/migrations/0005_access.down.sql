drop function expire_facts(integer);
drop trigger audit_logs_kept on audit_logs;
drop trigger audit_logs_immutable on audit_logs;
drop function refuse_change_of_facts();
drop index audit_logs_subject, audit_logs_kind, audit_logs_transferred, audit_logs_refused, audit_logs_request,
  audit_logs_organization, audit_logs_caller_owner, audit_logs_caller_name, audit_logs_caller;
create index audit_logs_kind on audit_logs (kind, occurred_at desc, id desc);
create index audit_logs_subject on audit_logs (subject, occurred_at desc, id desc);
alter table audit_logs drop column caller_owner, drop column outcome, drop column address;
drop index api_keys_replaced_by;
alter table api_keys drop column replaced_by, drop column kind;
drop table one_time_tokens;
drop table sessions;
drop view user_roles;
alter table organization_members drop column source;
drop table platform_members;
alter table users
  drop column generation,
  drop column last_seen_at,
  drop column created_by,
  drop column password_hash;
alter table organizations drop constraint organizations_name_lower;
