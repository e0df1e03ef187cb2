/**
 * Who gets what from every route: written by hand from the rules of visibility, roles and scopes, one row per route, and
 * read by `rights-matrix.test.ts`. Whoever adds a route adds its row here, from what the route is for, before looking at
 * what it answers.
 *
 * Callers, in the order of the columns:
 *   anon  nobody
 *   strg  a viewer of another organization        view  a viewer of acme
 *   pubA  a publisher of acme                     pubB  a publisher of another organization
 *   admA  an admin of acme                        plat  a platform admin
 *   here  a key of acme that may publish, limited to the namespace that is asked for
 *   else  the same, limited to another namespace of acme
 *   hadm  a key of acme with every scope, limited to the namespace that is asked for
 *   revk  a revoked key                           expd  an expired key
 *   sess  the viewer of acme with a session       sadm  the admin of acme with a session
 *   forg  the admin's session without the proof that a page of ours sends the request
 *
 * Acme is the default organization of the registry.
 *
 * What they get:
 *   in    let in: the answer in the column `let in`, a status and for some the code of what stands in the way then
 *   no    the same answer, without the thing in it that is looked for
 *   401   sign-in-needed     403  scope-needed     404  the code in the column `404 is`
 *   dead  401 token-invalid  csrf 403 csrf-token-wrong  more 403 scopes-exceeded  over 401 session-over
 *   ask   401 with the form to sign in
 *   form  403 form-forged    none 404 organization-not-found    303  sent elsewhere
 *
 * Cells say what happens in a private namespace of acme. The rule says the rest:
 *   read   internal: strg and pubB are let in; public: everybody is who has no dead key; absent: 404 for whoever is known
 *   list   the same, where being let in means that the thing is listed; nothing is absent
 *   write  internal: 403 instead of 404 for strg and pubB; public: for everybody; absent: 404 for whoever is known
 *   form   as write, but who holds the scope nowhere is told so before the namespace is read: their 403 stays
 *   org    of organization acme; absent: 404 for whoever is known
 *   once   there are no namespaces in it
 */
export const table = `
anon strg view pubA pubB admA plat here else hadm revk expd sess sadm forg  rule   let in                       404 is                  route

The protocols take no cookies.
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/modules/:namespace/:name/:system/versions
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   204                          not-found               GET /v1/modules/:namespace/:name/:system/:version/download
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/providers/:namespace/:type/versions
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/providers/:namespace/:type/:version/download/:os/:arch
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/mirror/:hostname/:namespace/:type/index.json
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/mirror/:hostname/:namespace/:type/:version.json
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /terraform/providers/:hostname/:namespace/:type/index.json
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /terraform/providers/:hostname/:namespace/:type/:version.json
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   204                          -                       OPTIONS /v1/*
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   204                          -                       OPTIONS /v2/*

What the public registry has beyond the protocols takes no cookies either.
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /v1/modules
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /v1/modules/
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /v1/modules/search
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/modules/:namespace
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/modules/:namespace/:name
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/modules/:namespace/:name/:system
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/modules/:namespace/:name/:system/:version
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   302                          not-found               GET /v1/modules/:namespace/:name/:system/download
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v2/modules/:namespace/:name/:system/downloads/summary
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /v1/providers
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /v1/providers/
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/providers/:namespace
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/providers/:namespace/:type
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v1/providers/:namespace/:type/:version
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /v2/providers
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v2/providers/:namespace/:type
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v2/providers/:id
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v2/providers/:id/provider-versions/:version
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v2/providers/:id/downloads/summary
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /v2/provider-versions/:id

What is catalogued is of no organization: what is private there is for the platform, and keys for namespaces of our own do not reach it.
401  404  404  404  404  404  in   404  404  404  dead dead 401  401  401   once   200                          not-found               GET /v1/upstream/:hostname/modules/:namespace/:name/:system/versions (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead 401  401  401   once   200                          not-found               GET /v1/upstream/:hostname/modules/:namespace/:name/:system/versions (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /v1/upstream/:hostname/modules/:namespace/:name/:system/versions (a public one)
401  404  404  404  404  404  in   404  404  404  dead dead 401  401  401   once   204                          not-found               GET /v1/upstream/:hostname/modules/:namespace/:name/:system/:version/download (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead 401  401  401   once   204                          not-found               GET /v1/upstream/:hostname/modules/:namespace/:name/:system/:version/download (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   204                          -                       GET /v1/upstream/:hostname/modules/:namespace/:name/:system/:version/download (a public one)
401  404  404  404  404  404  in   404  404  404  dead dead 401  401  401   once   200                          not-found               GET /v1/upstream/:hostname/providers/:namespace/:type/versions (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead 401  401  401   once   200                          not-found               GET /v1/upstream/:hostname/providers/:namespace/:type/versions (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /v1/upstream/:hostname/providers/:namespace/:type/versions (a public one)
401  404  404  404  404  404  in   404  404  404  dead dead 401  401  401   once   200                          not-found               GET /v1/upstream/:hostname/providers/:namespace/:type/:version/download/:os/:arch (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead 401  401  401   once   200                          not-found               GET /v1/upstream/:hostname/providers/:namespace/:type/:version/download/:os/:arch (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /v1/upstream/:hostname/providers/:namespace/:type/:version/download/:os/:arch (a public one)

The read shapes of the public site take no cookies either.
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /registry/docs/search
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /top/providers
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /registry/docs/providers/index.json
no   no   in   in   no   in   in   in   no   in   dead dead no   no   no    list   200                          -                       GET /registry/docs/modules/index.json
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /registry/docs/providers/:namespace/:name/index.json
401  404  in   in   404  in   in   in   404  in   dead dead 401  401  401   read   200                          not-found               GET /registry/docs/modules/:namespace/:name/:target/index.json

Namespaces.
no   no   in   in   no   in   in   in   no   in   dead dead in   in   in    list   200                          -                       GET /api/v1/namespaces
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/namespaces/:namespace
401  403  403  403  403  in   in   403  403  403  dead dead 403  in   csrf  once   409/namespace-exists         -                       POST /api/v1/namespaces (one that is taken, for acme)
401  403  403  403  403  403  404  403  403  403  dead dead 403  403  csrf  once   -                            organization-not-found  POST /api/v1/namespaces (for an organization that is not there)
401  404  403  403  404  in   in   403  404  in   dead dead 403  in   csrf  write  200                          not-found               PATCH /api/v1/namespaces/:namespace
401  404  403  403  404  in   in   403  404  403  dead dead 403  in   csrf  write  200                          not-found               POST /api/v1/namespaces/:namespace/transfer (to acme)
401  404  403  403  404  none in   404  404  404  dead dead 403  none csrf  once   200                          not-found               POST /api/v1/namespaces/:namespace/transfer (to the other organization)

Organizations, members, roles.
401  no   in   in   no   in   in   403  403  no   dead dead in   in   in    once   200                          -                       GET /api/v1/organizations
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   409                          -                       POST /api/v1/organizations
401  404  in   in   404  in   in   404  404  404  dead dead in   in   in    org    200                          organization-not-found  GET /api/v1/organizations/:organization
401  404  403  403  404  in   in   404  404  404  dead dead 403  in   csrf  org    200                          organization-not-found  PUT /api/v1/organizations/:organization
401  404  403  403  404  403  in   404  404  404  dead dead 403  403  csrf  org    409/default-organization     organization-not-found  DELETE /api/v1/organizations/:organization
401  404  403  403  404  in   in   404  404  404  dead dead 403  in   in    org    200                          organization-not-found  GET /api/v1/organizations/:organization/members
401  404  403  403  404  in   in   404  404  404  dead dead 403  in   csrf  org    200                          organization-not-found  PUT /api/v1/organizations/:organization/members/:user
401  404  403  403  404  in   in   404  404  404  dead dead 403  in   csrf  org    404/user-not-found           organization-not-found  DELETE /api/v1/organizations/:organization/members/:user
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  403   once   200                          -                       GET /api/v1/platform/members
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/user-not-found           -                       PUT /api/v1/platform/members/:user
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/user-not-found           -                       DELETE /api/v1/platform/members/:user
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/roles

People: their own page is theirs, and their own name by their own hand.
401  403  403  403  403  in   in   403  403  no   dead dead 403  in   in    once   200                          -                       GET /api/v1/users (the viewer of acme)
401  403  403  403  403  no   in   403  403  no   dead dead 403  no   no    once   200                          -                       GET /api/v1/users (somebody of the other organization)
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   409/email-taken              -                       POST /api/v1/users
401  403  in   403  403  in   in   403  403  404  dead dead in   in   in    once   200                          user-not-found          GET /api/v1/users/:id (the viewer of acme)
401  403  403  403  in   404  in   403  403  404  dead dead 403  404  404   once   200                          user-not-found          GET /api/v1/users/:id (the publisher of the other organization)
401  403  403  403  403  404  404  403  403  404  dead dead 403  404  404   once   -                            user-not-found          GET /api/v1/users/:id (nobody)
401  403  403  403  403  403  in   403  403  403  dead dead in   403  csrf  once   200                          -                       PATCH /api/v1/users/:id (the name of the viewer of acme)
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   200                          -                       PATCH /api/v1/users/:id (whether the viewer of acme may come in)
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/user-not-found           -                       DELETE /api/v1/users/:id
401  403  in   403  403  403  in   403  403  403  dead dead in   403  403   once   200                          -                       GET /api/v1/users/:id/identities (those of the viewer of acme)
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/identity-not-found       -                       DELETE /api/v1/users/:id/identities/:identity (one that the viewer of acme has not)

Keys and sessions: people look after their own by their own hand, which a key of a program is not.
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/whoami
401  403  403  403  403  in   in   403  403  403  dead dead no   in   in    once   200                          -                       GET /api/v1/api-keys (one of acme)
401  403  403  403  403  in   in   403  403  403  dead dead in   in   in    once   200                          -                       GET /api/v1/api-keys (one of the viewer of acme)
401  403  403  403  403  no   in   403  403  403  dead dead no   no   no    once   200                          -                       GET /api/v1/api-keys (one of the other organization)
401  403  403  403  403  in   in   403  403  403  dead dead in   in   csrf  once   422/expiry-past              -                       POST /api/v1/api-keys (that reads in acme)
401  403  403  403  403  in   in   403  403  403  dead dead more in   csrf  once   422/expiry-past              -                       POST /api/v1/api-keys (that publishes in acme)
401  403  403  403  403  403  in   403  403  403  dead dead more more csrf  once   422/expiry-past              -                       POST /api/v1/api-keys (that reads in the other organization)
401  403  403  403  403  403  in   403  403  403  dead dead more more csrf  once   422/expiry-past              -                       POST /api/v1/api-keys (that reads on the platform)
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   422/expiry-past              -                       POST /api/v1/api-keys (for somebody else)
401  403  403  403  403  403  in   403  403  403  dead dead 404  403  csrf  once   422/expiry-past              api-key-not-found       POST /api/v1/api-keys/:id/rotate (one of acme)
401  403  403  403  403  403  in   403  403  403  dead dead in   403  csrf  once   422/expiry-past              api-key-not-found       POST /api/v1/api-keys/:id/rotate (one of the viewer of acme)
401  403  403  403  403  403  404  403  403  403  dead dead 404  404  csrf  once   -                            api-key-not-found       POST /api/v1/api-keys/:id/rotate (none)
401  403  403  403  403  in   in   403  403  403  dead dead 404  in   csrf  once   200                          api-key-not-found       DELETE /api/v1/api-keys/:id (one of acme)
401  403  403  403  403  in   in   403  403  403  dead dead in   in   csrf  once   200                          api-key-not-found       DELETE /api/v1/api-keys/:id (one of the viewer of acme)
401  403  403  403  403  403  in   403  403  403  dead dead 404  404  csrf  once   200                          api-key-not-found       DELETE /api/v1/api-keys/:id (one of the other organization)
over over over over over over over over over over dead dead in   in   in    once   200                          -                       GET /api/v1/auth/session
over over over over over over over over over over dead dead in   in   csrf  once   204                          -                       DELETE /api/v1/auth/session
over over over over over over over over over over dead dead in   in   in    once   200                          -                       GET /api/v1/sessions (one’s own)
401  403  403  403  403  403  in   403  403  403  dead dead in   403  403   once   200                          -                       GET /api/v1/sessions (those of the viewer of acme)
401  403  403  403  403  403  in   403  403  403  dead dead 404  404  csrf  once   204                          session-not-found       DELETE /api/v1/sessions/:id (one of somebody else)

The audit trail.
401  403  403  403  403  in   in   403  403  403  dead dead 403  in   in    once   200                          -                       GET /api/v1/audit-logs (what happened in acme)
401  403  403  403  403  no   in   403  403  403  dead dead 403  no   no    once   200                          -                       GET /api/v1/audit-logs (what happened in the other organization)
401  403  403  403  403  in   in   403  403  403  dead dead 403  in   in    once   200                          -                       GET /api/v1/audit-logs/export (what happened in acme)
401  403  403  403  403  no   in   403  403  403  dead dead 403  no   no    once   200                          -                       GET /api/v1/audit-logs/export (what happened in the other organization)

The catalogue.
no   no   in   in   no   in   in   in   no   in   dead dead in   in   in    list   200                          -                       GET /api/v1/activity
no   no   in   in   no   in   in   in   no   in   dead dead in   in   in    list   200                          -                       GET /api/v1/search
no   no   in   in   no   in   in   in   no   in   dead dead in   in   in    list   200                          -                       GET /api/v1/search/groups
no   no   in   in   no   in   in   in   no   in   dead dead in   in   in    list   200                          -                       GET /api/v1/search/parts
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  403   once   200                          -                       GET /api/v1/catalogue/sources
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/registry-not-catalogued  -                       PATCH /api/v1/catalogue/sources/:hostname
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/registry-not-catalogued  -                       PUT /api/v1/catalogue/sources/:hostname/namespaces/:namespace
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/registry-not-catalogued  -                       DELETE /api/v1/catalogue/sources/:hostname/namespaces/:namespace
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/catalogue/registries
401  404  404  404  404  404  in   404  404  404  dead dead 404  404  404   once   200                          not-found               GET /api/v1/catalogue/:hostname/modules/:namespace/:name/:system (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead in   in   in    once   200                          not-found               GET /api/v1/catalogue/:hostname/modules/:namespace/:name/:system (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/catalogue/:hostname/modules/:namespace/:name/:system (a public one)
401  404  404  404  404  404  in   404  404  404  dead dead 404  404  404   once   200                          not-found               GET /api/v1/catalogue/:hostname/modules/:namespace/:name/:system/versions (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead in   in   in    once   200                          not-found               GET /api/v1/catalogue/:hostname/modules/:namespace/:name/:system/versions (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/catalogue/:hostname/modules/:namespace/:name/:system/versions (a public one)
401  404  404  404  404  404  in   404  404  404  dead dead 404  404  404   once   200                          not-found               GET /api/v1/catalogue/:hostname/providers/:namespace/:type (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead in   in   in    once   200                          not-found               GET /api/v1/catalogue/:hostname/providers/:namespace/:type (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/catalogue/:hostname/providers/:namespace/:type (a public one)
401  404  404  404  404  404  in   404  404  404  dead dead 404  404  404   once   200                          not-found               GET /api/v1/catalogue/:hostname/providers/:namespace/:type/versions (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead in   in   in    once   200                          not-found               GET /api/v1/catalogue/:hostname/providers/:namespace/:type/versions (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/catalogue/:hostname/providers/:namespace/:type/versions (a public one)
401  404  404  404  404  404  in   404  404  404  dead dead 404  404  404   once   200                          not-found               GET /api/v1/catalogue/:hostname/providers/:namespace/:type/versions/:version (a private namespace)
401  in   in   in   in   in   in   404  404  404  dead dead in   in   in    once   200                          not-found               GET /api/v1/catalogue/:hostname/providers/:namespace/:type/versions/:version (an internal one)
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/catalogue/:hostname/providers/:namespace/:type/versions/:version (a public one)

Modules.
no   no   in   in   no   in   in   in   no   in   dead dead in   in   in    list   200                          -                       GET /api/v1/modules
no   no   in   in   no   in   in   in   no   in   dead dead in   in   in    list   200                          -                       GET /api/v1/modules/search
401  403  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  form   422                          namespace-not-found     POST /api/v1/modules
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  422                          namespace-not-found     PUT /api/v1/modules/:namespace/:name/:system/:version
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/versions
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/downloads
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/inputs
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/inputs.schema.json
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/outputs
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/resources
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/requirements
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/readme
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/submodules
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/examples
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/files
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/files/view
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/files/raw/*
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/usage
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/:version/code
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/compare/:from...:to
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/modules/:namespace/:name/:system/compare/:from...:to/file
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /modules/:namespace/:name/:system/:version.md
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   302                          not-found               GET /modules/:namespace/:name/:system.md
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   202                          -                       POST /api/v1/modules/inspections
401  404  403  403  404  in   in   403  404  in   dead dead 403  in   csrf  write  404/version-not-found        not-found               DELETE /api/v1/modules/:namespace/:name/:system/:version
401  404  403  403  404  in   in   403  404  in   dead dead 403  in   csrf  write  404/version-not-found        not-found               POST /api/v1/modules/:namespace/:name/:system/:version/restore

Providers and signing keys.
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/namespaces/:namespace/signing-keys
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  422/key-unreadable           not-found               POST /api/v1/namespaces/:namespace/signing-keys
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  404/signing-key-not-found    not-found               DELETE /api/v1/namespaces/:namespace/signing-keys/:fingerprint
no   no   in   in   no   in   in   in   no   in   dead dead in   in   in    list   200                          -                       GET /api/v1/providers
401  403  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  form   422                          namespace-not-found     POST /api/v1/providers
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/providers/:namespace/:type
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/providers/:namespace/:type/versions
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/providers/:namespace/:type/downloads
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/providers/:namespace/:type/:version
401  404  in   in   404  in   in   in   404  in   dead dead in   in   in    read   200                          not-found               GET /api/v1/providers/:namespace/:type/:version/lock
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  404/provider-not-found       not-found               POST /api/v1/providers/:namespace/:type/deprecate
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  404/provider-not-found       not-found               POST /api/v1/providers/:namespace/:type/restore
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  404/version-not-found        not-found               POST /api/v1/providers/:namespace/:type/:version/deprecate
401  404  403  403  404  in   in   403  404  in   dead dead 403  in   csrf  write  404/version-not-found        not-found               DELETE /api/v1/providers/:namespace/:type/:version
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  404/version-not-found        not-found               POST /api/v1/providers/:namespace/:type/:version/restore
401  404  403  403  404  in   in   403  404  in   dead dead 403  in   csrf  write  409/version-not-restorable   not-found               POST /api/v1/providers/:namespace/:type/:version/restore (one that is deleted)
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   in    write  200                          namespace-not-found     GET /api/v1/providers/:namespace/:type/:version/files
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  422/file-name-unexpected     namespace-not-found     PUT /api/v1/providers/:namespace/:type/:version/files/:filename
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  404/file-not-found           namespace-not-found     DELETE /api/v1/providers/:namespace/:type/:version/files/:filename
401  404  403  in   404  in   in   in   404  in   dead dead 403  in   csrf  write  422/shasums-missing          namespace-not-found     POST /api/v1/providers/:namespace/:type/:version/publish

What is the same for everybody whose key is good.
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/mirror
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/openapi.json
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/docs
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/docs/:page
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/docs/decisions/:page
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   200                          -                       GET /api/v1/docs/errors/:code
in   in   in   in   in   in   in   in   in   in   dead dead in   in   in    once   204                          -                       OPTIONS /api/v1/*

Whose word about people counts.
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  403   once   200                          -                       GET /api/v1/identity-providers
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   422/issuer-missing           -                       POST /api/v1/identity-providers
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  403   once   404/issuer-not-found         -                       GET /api/v1/identity-providers/:name
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/issuer-not-found         -                       PATCH /api/v1/identity-providers/:name
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/issuer-not-found         -                       DELETE /api/v1/identity-providers/:name
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/issuer-not-found         -                       POST /api/v1/identity-providers/:name/test

Imports into the catalogue, and what else runs in the background.
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   422/import-folder-missing    -                       POST /api/v1/catalogue/imports
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  403   once   200                          -                       GET /api/v1/jobs
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  403   once   404/job-not-found            -                       GET /api/v1/jobs/:id
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   404/job-not-found            -                       DELETE /api/v1/jobs/:id
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  403   once   404/job-not-found            -                       GET /api/v1/jobs/:id/events

The stores, and what the installation still needs.
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  403   once   200                          -                       GET /api/v1/checklist
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   200                          -                       POST /api/v1/storage/check
401  403  403  403  403  403  in   403  403  403  dead dead 403  403  csrf  once   422/storage-not-configured   -                       POST /api/v1/storage/move

Archives come by signed address: the signature is the right, and clients send no key.
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /archives/modules/:namespace/:name/:system/:version/:place/:file (signed)
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   403/link-invalid             -                       GET /archives/modules/:namespace/:name/:system/:version/:place/:file (not signed)
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /archives/providers/:namespace/:type/:version/:place/:sha256/:file (signed)
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   403/link-invalid             -                       GET /archives/providers/:namespace/:type/:version/:place/:sha256/:file (not signed)
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /archives/providers/:namespace/:type/:version/shasums/:file (signed)
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   403/link-invalid             -                       GET /archives/providers/:namespace/:type/:version/shasums/:file (not signed)

Operations and discovery are blind to keys.
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /live
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /ready
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /health
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /version
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /.well-known/terraform.json
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /docs/errors/:code
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /docs/errors/:code.md
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /docs/:name.md
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /docs/decisions/:name.md

So are the pages to sign in, which know sessions alone: their forms prove themselves by a field. All others show what the
API says to whoever asks.
ask  404  in   in   404  in   in   in   404  in   ask  ask  in   in   in    once   200                          not-found               GET /* (a page of a private namespace)
ask  in   in   in   in   in   in   404  404  404  ask  ask  in   in   in    once   200                          not-found               GET /* (of an internal one)
in   in   in   in   in   in   in   in   in   in   ask  ask  in   in   in    once   200                          -                       GET /* (of a public one)
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /robots.txt
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /favicon.svg
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /opensearch.xml
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /llms.txt
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   404/route-not-found          -                       GET /assets/*
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /assets/page-*.css
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   410/setup-link-over          -                       GET /setup
form form form form form form form form form form form form form form form  once   -                            -                       POST /setup
in   in   in   in   in   in   in   in   in   in   in   in   303  303  303   once   200                          -                       GET /login
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   301                          -                       GET /sign-in
form form form form form form form form form form form form form form form  once   -                            -                       POST /login
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   404/issuer-not-found         -                       GET /auth/:name/start
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   404/issuer-not-found         -                       GET /auth/callback/:name
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   200                          -                       GET /sign-out
form form form form form form form form form form form form form form form  once   -                            -                       POST /sign-out
303  303  303  303  303  303  303  303  303  303  303  303  in   in   in    once   200                          -                       GET /oauth/authorize
form form form form form form form form form form form form form form form  once   -                            -                       POST /oauth/authorize
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   301                          -                       GET /account

Codes are exchanged by whoever has them: neither keys nor cookies count.
in   in   in   in   in   in   in   in   in   in   in   in   in   in   in    once   400                          -                       POST /oauth/token
`
