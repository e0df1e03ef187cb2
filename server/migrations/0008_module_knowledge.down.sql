select jobs.delete_queue('module-inspection');
drop table module_folders;
drop table module_knowledge;
