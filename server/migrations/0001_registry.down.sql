drop table installation, changes, documents, audit_logs, download_events, provider_platforms, provider_versions, providers,
  module_versions, modules, stored_objects, api_keys, namespaces, organization_members, users, organizations;
