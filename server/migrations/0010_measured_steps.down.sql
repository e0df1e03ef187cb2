alter table module_versions drop column measured_step, drop column measured_from;
