-- The step that a module version makes by what it changes, against the newest release below it when it was measured.
-- Null: there is none below, one of the two could not be read, or nobody has measured it yet.
alter table module_versions
  add column measured_step text check (measured_step in ('none', 'patch', 'minor', 'major')),
  add column measured_from text;
