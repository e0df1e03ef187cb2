/** The API as types; printed from contract/openapi.json by `npm run openapi`. */

export interface paths {
    "/api/v1/namespaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The namespaces that you may read, by name. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    /** @description A part of its name. */
                    q?: string;
                    visibility?: components["schemas"]["Visibility"];
                    /** @description The organization that owns it. */
                    organization?: string;
                    /** @description Where you hold this scope, whether you may read modules there or not. */
                    holding?: "modules:write" | "providers:write" | "organizations:write";
                    /** @description Whether to count what is in each. */
                    counts?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Namespace"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Claim a namespace for an organization. Needs organizations:write. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewNamespace"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Namespace"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One namespace. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Namespace"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change who may read a namespace. Needs organizations:write. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NamespaceChange"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Namespace"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was published, deprecated, deleted and restored in namespaces that the caller may read.
         * @description Newest first. It goes back as far as the audit trail is kept.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    action?: "published" | "deprecated" | "deleted" | "restored";
                    type?: "module" | "provider";
                    namespace?: string;
                    /** @description ISO 8601 in UTC; from this moment on. */
                    since?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ActivityEvent"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organizations where you hold organizations:read, by name. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Organization"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make an organization. Needs organizations:write on the platform, and a registry for several of them. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewOrganization"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Organization"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organization. Needs organizations:read there. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organization: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Organization"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Change what an organization is called. Needs organizations:write there; its name stays. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organization: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrganizationChange"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Organization"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Remove an organization that owns no namespace, with the roles in it and its API keys. Needs organizations:write on the platform. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organization: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Organization"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a namespace to another organization. Needs organizations:write in both. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NamespaceTransfer"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Namespace"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The roles that there are, and what each may do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["RoleMeaning"][];
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds roles in an organization, by e-mail. Needs users:read there. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                };
                header?: never;
                path: {
                    organization: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Member"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/members/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say which roles somebody holds in an organization. Needs users:write there, and every scope that is given or taken. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organization: string;
                    user: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MemberRoles"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Take away all roles in an organization that were given by hand. Needs users:write there, and every scope that is taken. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    organization: string;
                    user: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds roles on the whole platform, by e-mail. Needs users:read on the platform. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Member"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/members/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say which roles somebody holds on the platform. Needs users:write there, and every scope that is given or taken. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    user: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MemberRoles"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Take away all roles on the platform that were given by hand. Needs users:write there, and every scope that is taken. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    user: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People, by e-mail: with users:read on the platform all of them, in an organization its members. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    /** @description Only who has this address. */
                    email?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["User"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add somebody. Needs users:write on the platform; with a password, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewUser"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person: yourself, or somebody whom users:read lets you see. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove somebody and revoke their API keys; what they did stays recorded. Needs users:write on the platform, and every scope that they hold. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change what somebody is called, shut them out or let them in, or set their password. Needs users:write on the platform, and every scope that they hold; for a new password, admin; your own name is yours. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UserChange"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who this request comes from, and what they may do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhoAmI"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys, newest first: your own, and those of the organizations where you hold api_keys:manage. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    /** @description Only your own. */
                    mine?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ApiKey"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make an API key, which is yours. Needs every scope that it is to hold, and api_keys:manage unless you are signed in yourself. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedApiKey"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new key of the same name and rights in place of this one, which stays good for a while. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KeyRotation"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedApiKey"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key: one of yours, or with api_keys:manage. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiKey"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facts of the audit trail, newest first. Needs audit:read: for the platform it shows all facts, in an organization those of it and its namespaces. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    /** @description `module.published`; with a dot at its end, all kinds that begin so. */
                    kind?: string;
                    /** @description Id or name of a key or a person; a person’s keys are found with them. */
                    caller?: string;
                    organization?: string;
                    namespace?: string;
                    /** @description What the subject begins with: `acme/vpc/`. */
                    subject?: string;
                    outcome?: "done" | "refused";
                    /** @description ISO 8601 in UTC; from this moment on. */
                    since?: string;
                    /** @description ISO 8601 in UTC; before this moment. */
                    until?: string;
                    requestId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Fact"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-logs/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit trail as a file, newest first: lines of JSON, or CSV. Needs audit:read: for the platform it shows all facts, in an organization those of it and its namespaces. */
        get: {
            parameters: {
                query?: {
                    /** @description `module.published`; with a dot at its end, all kinds that begin so. */
                    kind?: string;
                    /** @description Id or name of a key or a person; a person’s keys are found with them. */
                    caller?: string;
                    organization?: string;
                    namespace?: string;
                    /** @description What the subject begins with: `acme/vpc/`. */
                    subject?: string;
                    outcome?: "done" | "refused";
                    /** @description ISO 8601 in UTC; from this moment on. */
                    since?: string;
                    /** @description ISO 8601 in UTC; before this moment. */
                    until?: string;
                    requestId?: string;
                    format?: "ndjson" | "csv";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": components["schemas"]["Problem"];
                        "text/csv; charset=utf-8; header=present": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": components["schemas"]["Problem"];
                        "text/csv; charset=utf-8; header=present": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session that this request came with, and the token that its changes need. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CurrentSession"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Sign out. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions that are good, newest first: your own, or those of somebody you look after. */
        get: {
            parameters: {
                query?: {
                    /** @description Id of somebody else; needs users:write on the platform. */
                    user?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Session"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session: your own, or with users:write on the platform anybody’s. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The identity providers, those of the settings first. Needs admin on the platform. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["IdentityProvider"][];
                            next: null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add an identity provider. Needs admin on the platform. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewIdentityProvider"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityProvider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity-providers/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One identity provider. Needs admin on the platform. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityProvider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Remove an identity provider, the roles that it gave and the sessions that began with it; accounts stay. Needs admin on the platform. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityProvider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change an identity provider that is not of the settings. Needs admin on the platform. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IdentityProviderChange"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityProvider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/identity-providers/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask an identity provider what it says of itself, and say what is wrong with it. Needs admin on the platform. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IdentityProviderCheck"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What identity providers call somebody: yourself, or with users:read on the platform anybody. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Identity"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/identities/{identity}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget what an identity provider calls somebody, and end their sessions that began with it. Needs users:write on the platform, and every scope that they hold. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    identity: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Identity"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The modules that you may read. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    /** @description First part of an address, e.g. acme. */
                    namespace?: string;
                    /** @description Target system of a module, e.g. aws. */
                    system?: string;
                    /** @description A part of the address or of the description. */
                    q?: string;
                    /** @description By address, by the date of the latest version, newest first, or by downloads, most first. */
                    sort?: "address" | "updated" | "downloads";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Module"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Publish a version as a form: file, namespace, name, system, version, description, source, commit, folder. Needs modules:write.
         * @description The same bytes again answer 200 and `already-published`, whatever source they come with: the first said it. Other bytes under a published version answer 409.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublishedModule"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublishedModule"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One module. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Module"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a module, newest first. Deleted ones are shown to administrators. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ModuleVersion"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of a module, and what is known of it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModuleVersionDetails"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Publish a version: the body is the archive (tar.gz or zip) as it is. Needs modules:write.
         * @description The same bytes again answer 200 and `already-published`, whatever source they come with: the first said it. Other bytes under a published version answer 409. With `dryRun=true` it answers what publishing would, 200 and `would-publish`, and keeps nothing.
         */
        put: {
            parameters: {
                query?: {
                    description?: string;
                    /** @description Check, read and measure it, answer what publishing would, and keep nothing. */
                    dryRun?: "true" | "false";
                    /** @description Repository that the code comes from, on https. */
                    source?: string;
                    /** @description Commit of it. */
                    commit?: string;
                    /** @description Folder inside of it; empty: its root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublishedModule"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublishedModule"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Delete a version: no longer listed, no longer downloadable, restorable for 30 days. Needs admin. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModuleVersion"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back the deletion of a version. Needs admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModuleVersion"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How often a module was downloaded, by day, week or month.
         * @description What is counted are answered look-ups of clients, in UTC, a second late; those of versions that were deleted stay. Only what is published here is counted.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How long a period is; weeks begin on Monday. */
                    by?: "day" | "week" | "month";
                    /** @description What has a series of its own: each major version, each version, or each client. */
                    split?: "none" | "major" | "version" | "client";
                    /** @description A day in UTC; its period is the first. Without it: 30 days, 26 weeks or 12 months. */
                    from?: string;
                    /** @description A day in UTC; its period is the last. Without it, or ahead: today. */
                    to?: string;
                    /** @description Series, 1 to 500: those with the most downloads; all others are summed up. */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Downloads"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/submodules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The modules inside of it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FoldersPart"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its examples. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FoldersPart"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/inputs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its inputs, required ones first. */
        get: {
            parameters: {
                query?: {
                    /** @description Path of a submodule or an example; empty: the root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InputsPart"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/inputs.schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its inputs as a JSON Schema (2020-12) of the values that they take. */
        get: {
            parameters: {
                query?: {
                    /** @description Path of a submodule or an example; empty: the root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: unknown;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/outputs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its outputs. */
        get: {
            parameters: {
                query?: {
                    /** @description Path of a submodule or an example; empty: the root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OutputsPart"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The resources and data sources in it, and how its state moves. */
        get: {
            parameters: {
                query?: {
                    /** @description Path of a submodule or an example; empty: the root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResourcesPart"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/requirements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of Terraform and OpenTofu, the providers and the modules that it needs. */
        get: {
            parameters: {
                query?: {
                    /** @description Path of a submodule or an example; empty: the root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequirementsPart"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/readme": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its README as safe HTML. */
        get: {
            parameters: {
                query?: {
                    /** @description Path of a submodule or an example; empty: the root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReadmePart"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/compare/{from}...{to}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What differs between two versions: their interfaces, and which step of SemVer that is.
         * @description Either version may be the newer one. Nothing is run: what is compared is what was read of both.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    from: string;
                    to: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModuleDiff"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/compare/{from}...{to}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs in one file of two versions, line by line. */
        get: {
            parameters: {
                query: {
                    path: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    from: string;
                    to: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileDiff"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files in its archive. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FilesPart"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/files/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file, line by line, as highlighted HTML. */
        get: {
            parameters: {
                query: {
                    path: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileView"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/files/raw/{*}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes of one file: text as text/plain, images as images, anything else to be saved. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                    "*": string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": unknown;
                        "image/png": unknown;
                        "image/svg+xml": unknown;
                        "application/octet-stream": unknown;
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                        "image/png": components["schemas"]["Problem"];
                        "image/svg+xml": components["schemas"]["Problem"];
                        "application/octet-stream": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                        "image/png": components["schemas"]["Problem"];
                        "image/svg+xml": components["schemas"]["Problem"];
                        "application/octet-stream": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The block that uses it, ready to paste. */
        get: {
            parameters: {
                query?: {
                    /** @description Path of a submodule or an example; empty: the root. */
                    folder?: string;
                    client?: "terraform" | "opentofu" | "terragrunt";
                    /** @description Which inputs are in it: none, those that are required, or all with their defaults. */
                    mode?: "minimal" | "required" | "all";
                    /** @description `pessimistic` takes later minor versions: `~> 1.2`. Terragrunt and prereleases take one version alone. */
                    pin?: "exact" | "pessimistic";
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UsageBlock"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/{namespace}/{name}/{system}/{version}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configuration of a folder, with calls of the module that it lies in as callers write them. */
        get: {
            parameters: {
                query?: {
                    /** @description Path of a submodule or an example; empty: the root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Name of a module, e.g. vpc. */
                    name: string;
                    /** @description Target system of a module, e.g. aws. */
                    system: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FolderCode"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/inspections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the modules that were not read yet or failed to be. Needs mirrors:manage on the platform.
         * @description Answers at once with the run, which `/jobs/:id` and its events tell more of.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobRun"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys whose signatures a namespace accepts, oldest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SigningKeys"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a public key. Needs providers:write.
         * @description A key that is there already answers 200 and brings what changed on it, such as a later expiry.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSigningKey"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AddedSigningKey"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AddedSigningKey"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/signing-keys/{fingerprint}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a key that no version needs. Needs providers:write. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description The fingerprint, or the key id when only one key has it. */
                    fingerprint: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SigningKey"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The providers that you may read. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    /** @description First part of an address, e.g. acme. */
                    namespace?: string;
                    /** @description A part of the address or of the description. */
                    q?: string;
                    /** @description By address, by the date of the latest version, newest first, or by downloads, most first. */
                    sort?: "address" | "updated" | "downloads";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Provider"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Publish one platform as a form: file, namespace, type, version, os, arch, and gpg_public_key, shasums, shasums_signature, manifest, source, commit, folder. Needs providers:write.
         * @description The version goes live once every file that SHA256SUMS names has arrived; until then the answer is 202 and names those that are missing. The key that comes along has to be one of the namespace.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlatformUpload"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlatformUpload"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlatformUpload"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One provider. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Provider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a provider with their platforms, newest first. Deleted ones are shown to administrators. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ProviderVersion"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of a provider. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderVersion"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete a version: no longer listed, no longer downloadable, restorable for 30 days. Needs admin.
         * @description Configurations that are locked to it stop working; deprecating it warns instead.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderVersion"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/deprecate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell everybody who installs any version of a provider to leave it. Needs providers:write. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Deprecation"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Provider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back the deprecation of a provider. Needs providers:write. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Provider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/{version}/deprecate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deprecate a version: it still installs, and terraform init prints the message. Needs providers:write. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Deprecation"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderVersion"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back the deprecation (providers:write) or the deletion (admin) of a version. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderVersion"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How often a provider was downloaded, by day, week or month.
         * @description What is counted are answered look-ups of one platform, in UTC, a second late; those of versions that were deleted stay. Only what is published here is counted, and not what came through the network mirror.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How long a period is; weeks begin on Monday. */
                    by?: "day" | "week" | "month";
                    /** @description What has a series of its own: each major version, each version, or each client. */
                    split?: "none" | "major" | "version" | "client";
                    /** @description A day in UTC; its period is the first. Without it: 30 days, 26 weeks or 12 months. */
                    from?: string;
                    /** @description A day in UTC; its period is the last. Without it, or ahead: today. */
                    to?: string;
                    /** @description Series, 1 to 500: those with the most downloads; all others are summed up. */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Downloads"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/{version}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a lock file records of a version, for all of its platforms.
         * @description The block as terraform writes it; with Accept: application/json its parts.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Under which configurations know this registry; the host of its address unless given. */
                    hostname?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The lock entry. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderLock"];
                        "text/plain": string;
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/{version}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of a version that have arrived and wait for it to be published. Needs providers:write. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StagedFiles"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/{version}/files/{filename}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Send a file of a version: a zip, SHA256SUMS, its signature, or the manifest, as GoReleaser names them. Needs providers:write.
         * @description The same bytes again are no work; other bytes replace what was sent before.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                    filename: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StagedFile"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Take back a file before its version is published. Needs providers:write. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                    filename: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StagedFiles"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/{namespace}/{type}/{version}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a version from the files that have arrived: all checks, then live at once. Needs providers:write.
         * @description The same version again answers 200 and `already-published`; other files under a published version answer 409. The first who publishes a version says where its code comes from for good. While files that SHA256SUMS names are missing it is refused with `zip-missing`; with `mayWait=true` the answer is then 202 and names them, once the signature and the manifest hold, so that no zip is sent for nothing.
         */
        post: {
            parameters: {
                query?: {
                    /** @description While files are missing, judge what has arrived and answer 202 instead of a refusal. */
                    mayWait?: "true" | "false";
                    /** @description Repository that the code comes from, on https. */
                    source?: string;
                    /** @description Commit of it. */
                    commit?: string;
                    /** @description Folder inside of it; empty: its root. */
                    folder?: string;
                };
                header?: never;
                path: {
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                    /** @description Type of a provider, e.g. greeter. */
                    type: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublishedProvider"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublishedProvider"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WaitingProvider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try every store that the settings name: write, read, list, link, delete. Needs admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StorageChecks"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storage/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move every archive into one store, while everything is served. Needs admin.
         * @description Answers with a line of JSON per archive as it goes (`application/x-ndjson`): begin, copying, moved, failed, end. Ends when the connection does; asked again, it goes on with what is left.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StorageMove"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": unknown;
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/checklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the installation still needs, found out by trying it. Needs admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Checklist"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mirror": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The address of the network mirror, and the host names of providers that it answers for. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Mirror"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search modules and providers, published here or known from other registries. */
        get: {
            parameters: {
                query?: {
                    /** @description Words, "phrases", -exclusions, addresses and keys such as ns: or resource:, as docs/search.md says. */
                    q?: string;
                    namespace?: string;
                    /** @description Target system of modules, type of providers, e.g. aws. */
                    provider?: string;
                    sort?: "relevance" | "popularity" | "downloads" | "updated";
                    limit?: number;
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    type?: "module" | "provider";
                    /** @description How many of all hits are of each kind, origin, system, namespace, state and licence. */
                    facets?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SearchAnswer"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/modules/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same search, of modules alone. */
        get: {
            parameters: {
                query?: {
                    /** @description Words, "phrases", -exclusions, addresses and keys such as ns: or resource:, as docs/search.md says. */
                    q?: string;
                    namespace?: string;
                    /** @description Target system of modules, type of providers, e.g. aws. */
                    provider?: string;
                    sort?: "relevance" | "popularity" | "downloads" | "updated";
                    limit?: number;
                    /** @description The `next` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SearchAnswer"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a search finds inside of modules and in the documentation: the first few of each kind. */
        get: {
            parameters: {
                query?: {
                    /** @description Words, "phrases", -exclusions, addresses and keys such as ns: or resource:, as docs/search.md says. */
                    q?: string;
                    /** @description Of each kind, 1 to 10. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Those in which something was found. */
                            groups: components["schemas"]["SearchGroup"][];
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that a search finds of one kind: inputs, outputs, resources, data sources, submodules, or pages. */
        get: {
            parameters: {
                query?: {
                    /** @description Words, "phrases", -exclusions, addresses and keys such as ns: or resource:, as docs/search.md says. */
                    q?: string;
                    /** @description The same as kind: in the query, where one of both has to be. */
                    kind?: "submodule" | "resource" | "data" | "input" | "output" | "doc";
                    limit?: number;
                    /** @description The `next` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SearchParts"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a public registry into the catalogue, or what has changed in it. Needs mirrors:manage on the platform.
         * @description Answers at once with the run, which `/jobs/:id` and its events tell more of.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CatalogueImport"];
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobRun"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, newest first. Needs mirrors:manage on the platform. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["JobRun"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run. Needs mirrors:manage on the platform. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobRunWithProblems"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** End a run before its end. What it has done by then stays. Needs mirrors:manage on the platform. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobRun"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A run as it goes on, as server-sent events until its end. Needs mirrors:manage on the platform.
         * @description Each event, `run`, is the run as `/jobs/:id` says it.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": unknown;
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The registries in the catalogue, and who may see them. Needs mirrors:manage on the platform. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CatalogueSource"][];
                            next: null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/sources/{hostname}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change who may see a registry in the catalogue. Needs mirrors:manage on the platform. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hostname: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CatalogueVisibility"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CatalogueSource"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/catalogue/sources/{hostname}/namespaces/{namespace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say who may see a namespace of a registry, whoever may see the registry. Needs mirrors:manage on the platform. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hostname: string;
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CatalogueVisibility"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CatalogueSource"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Let a namespace be seen as its registry is. Needs mirrors:manage on the platform. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hostname: string;
                    /** @description First part of an address, e.g. acme. */
                    namespace: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CatalogueSource"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/registries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The registries in the catalogue of which you may read something, and how clients ask this one instead. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CataloguedRegistry"][];
                            next: null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/{hostname}/modules/{namespace}/{name}/{system}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A module of another registry. What is in it is not known: the catalogue holds no archives. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hostname: string;
                    namespace: string;
                    name: string;
                    system: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CataloguedModule"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/{hostname}/modules/{namespace}/{name}/{system}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a module of another registry that a client can read, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                };
                header?: never;
                path: {
                    hostname: string;
                    namespace: string;
                    name: string;
                    system: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CataloguedModuleVersion"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/{hostname}/providers/{namespace}/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A provider of another registry. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hostname: string;
                    namespace: string;
                    type: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CataloguedProvider"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/{hostname}/providers/{namespace}/{type}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a provider of another registry that a client can read, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                };
                header?: never;
                path: {
                    hostname: string;
                    namespace: string;
                    type: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CataloguedProviderVersion"][];
                            next: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue/{hostname}/providers/{namespace}/{type}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The platforms of a version of a provider of another registry, with what is known of their archives. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hostname: string;
                    namespace: string;
                    type: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CataloguedPlatforms"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pages of the documentation, or the sections of them that have these words. For anyone. */
        get: {
            parameters: {
                query?: {
                    /** @description Words that all have to be in a section. */
                    q?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["DocsEntry"][];
                            next: null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/docs/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of the documentation. For anyone. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    page: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocsText"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/docs/decisions/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A decision, of those that say why things are as they are. For anyone. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    page: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocsText"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/docs/errors/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the error catalogue says of one code. For anyone. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocsText"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        VersionSourceInput: {
            /** @example https://github.com/acme/infra */
            url: string;
            commit: string | null;
            /**
             * @description Empty: the root of the repository.
             * @example modules/vpc
             */
            folder: string;
            /** @description Where a browser shows it: the folder at the commit where the host is known, else the repository. */
            page: string;
        };
        ProviderPlatformInput: {
            /** @example linux_amd64 */
            platform: string;
            filename: string;
            /** @description Of the zip, as in SHA256SUMS. */
            sha256: string;
            /** @description What a lock file records of the unpacked zip. */
            h1: string;
            sizeBytes: number | null;
            downloads: number;
        };
        TypeTreeInput: {
            /** @enum {string} */
            kind: "string" | "number" | "bool" | "any" | "list" | "set" | "map" | "tuple" | "object" | "unknown";
            element?: components["schemas"]["TypeTreeInput"];
            elements?: components["schemas"]["TypeTreeInput"][];
            attributes?: {
                name: string;
                type: components["schemas"]["TypeTreeInput"];
                optional: boolean;
                defaultText?: string;
                description?: string;
            }[];
            text?: string;
        };
        ModuleCallInput: {
            name: string;
            /** @description null when it is not a plain text. */
            source: string | null;
            /** @description The constraint. */
            version: string | null;
            /** @example variables.tf */
            file: string;
            line: number;
        };
        ProviderRequirementInput: {
            /** @description Local name. */
            name: string;
            /** @example hashicorp/aws */
            source: string | null;
            /** @description The constraint. */
            version: string | null;
            /**
             * @example [
             *       "aws.west"
             *     ]
             */
            configurationAliases: string[];
            /** @example variables.tf */
            file: string;
            line: number;
        };
        InterfaceChangeInput: {
            /**
             * @description Which rule says so, as in the documentation.
             * @example input-removed
             */
            rule: string;
            /** @enum {string} */
            kind: "added" | "removed" | "changed";
            /** @description Of the input, the output, the provider …; one may change in several ways. */
            name: string;
            /**
             * @description One sentence.
             * @example The input cidr was removed.
             */
            what: string;
            /** @description As written; null: nothing was. */
            before: string | null;
            after: string | null;
            severity: components["schemas"]["ChangeSeverity"];
            /** @description Why it is as severe as that, in one sentence. */
            reason: string;
            /** @description Where it stands in the first version. */
            from: {
                /** @example variables.tf */
                file: string;
                line: number;
            } | null;
            to: {
                /** @example variables.tf */
                file: string;
                line: number;
            } | null;
        };
        Fact: {
            id: string;
            /** Format: date-time */
            occurredAt: string;
            /** @example module.published */
            kind: string;
            /**
             * @description refused: it was asked for, and was not done.
             * @enum {string}
             */
            outcome: "done" | "refused";
            caller: {
                kind: string;
                id: string;
                /** @description Of the key, or the e-mail address of the person. */
                name: string;
                /** @description E-mail address of whoever the key belonged to. */
                owner: string | null;
            };
            /** @description Of a namespace: the one that owned it then. */
            organization: string | null;
            namespace: string | null;
            /**
             * @description What it is about.
             * @example acme/vpc/aws 1.2.0
             */
            subject: string;
            /** @description The network address that it was asked for from. */
            address: string | null;
            requestId: string | null;
            details: {
                [key: string]: unknown;
            };
        };
        /** @enum {string} */
        Scope: "modules:read" | "modules:write" | "providers:read" | "providers:write" | "mirrors:read" | "mirrors:manage" | "users:read" | "users:write" | "organizations:read" | "organizations:write" | "scm:read" | "scm:manage" | "api_keys:manage" | "audit:read" | "admin";
        /**
         * @description viewer reads; publisher publishes modules and providers too; mirror_manager looks after mirrors; user_manager after people and keys; auditor reads people and the audit trail; admin does everything.
         * @enum {string}
         */
        Role: "viewer" | "publisher" | "mirror_manager" | "user_manager" | "auditor" | "admin";
        RoleMeaning: {
            role: components["schemas"]["Role"];
            scopes: components["schemas"]["Scope"][];
            description: string;
        };
        User: {
            /** Format: uuid */
            id: string;
            email: string;
            displayName: string;
            disabled: boolean;
            hasPassword: boolean;
            roles: {
                /** @description Its name, or platform. */
                organization: string;
                role: components["schemas"]["Role"];
            }[];
            /** Format: date-time */
            createdAt: string;
            lastSeenAt: string | null;
        };
        NewUser: {
            /**
             * Format: email
             * @example admin@acme.example
             */
            email: string;
            /** @default  */
            displayName: string | "";
            /** @description For signing in without an issuer; leave it out for who signs in elsewhere. */
            password?: string;
        };
        UserChange: {
            displayName?: string | "";
            disabled?: boolean;
            /** @description null takes it away. */
            password?: string | null;
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description First characters of the key, to tell keys apart. */
            prefix: string;
            /**
             * @description cli: a person signed in with it on their machine.
             * @enum {string}
             */
            kind: "api" | "cli";
            /** @description null: a key of the platform. */
            organization: string | null;
            /** @description E-mail address of whose key it is: it never does more than they may. null: nobody’s. */
            owner: string | null;
            scopes: components["schemas"]["Scope"][];
            /** @description Empty: every namespace of the organization. */
            namespaces: string[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            /** @description The key that took its place when it was rotated. */
            replacedBy: string | null;
        };
        NewApiKey: {
            name: string;
            scopes: components["schemas"]["Scope"][];
            /** @description The default organization unless given; null makes a key of the platform, which only a key of the platform may do. */
            organization?: string | null;
            /** @default [] */
            namespaces: string[];
            /**
             * Format: email
             * @description Whose key it is to be; you, unless a platform administrator says otherwise.
             * @example admin@acme.example
             */
            owner?: string;
            /**
             * @description ISO 8601 in UTC; null: never.
             * @default null
             */
            expiresAt: string | null;
        };
        KeyRotation: {
            /**
             * @description How long the old key stays good; 0 ends it at once.
             * @default 86400
             */
            graceSeconds: number;
            /** @description ISO 8601 in UTC; null: never. Unless given, it lives as long as the old one was to live. */
            expiresAt?: string | null;
        };
        CreatedApiKey: {
            apiKey: components["schemas"]["ApiKey"];
            /** @description The key. It is not shown again. */
            token: string;
        };
        WhoAmI: {
            /** @enum {string} */
            kind: "anonymous" | "api-key" | "user" | "system";
            id: string;
            name: string;
            /** @description Of an API key; cli: a person signed in with it. */
            keyKind: ("api" | "cli") | null;
            /** @description E-mail address of whose API key it is; null: nobody’s. */
            owner: string | null;
            /** @description When key or session end by themselves; null: never. */
            expiresAt: string | null;
            grants: {
                /** @description Its name; platform: all of them. */
                organization: string;
                scopes: components["schemas"]["Scope"][];
                namespaces?: string[];
            }[];
        };
        Identity: {
            /** Format: uuid */
            id: string;
            /** @description The address of the identity provider. */
            issuer: string;
            /** @description What it calls them; it calls nobody else so. */
            subject: string;
            /** @description As it said last. */
            email: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string;
        };
        /** @description Whoever is in the group holds the role, as long as the issuer says so. */
        GroupMapping: {
            /** @description As the claim says it; of Entra ID, the id of the group. */
            group: string;
            /** @description Its name, or platform. */
            organization: string;
            role: components["schemas"]["Role"];
        };
        NewIdentityProvider: {
            /** @example acme-sso */
            name: string;
            /**
             * @description entra is Microsoft Entra ID, whose claims have rules of their own.
             * @default oidc
             * @enum {string}
             */
            kind: "oidc" | "entra";
            /**
             * @description On the sign-in page; else the name.
             * @default
             */
            displayName: string | "";
            /**
             * @description Needed, unless a tenant is given.
             * @example https://login.acme.example
             */
            issuerUrl?: string;
            /**
             * Format: uuid
             * @description The directory of Microsoft Entra ID, in place of issuerUrl.
             */
            tenant?: string;
            clientId: string;
            /** @description Kept encrypted, and never shown again. */
            clientSecret?: string;
            /** @description openid, email and profile unless given, of entra User.Read, too. */
            scopes?: string[];
            /**
             * @description The claim that names the groups of a person.
             * @default groups
             */
            groupClaim: string;
            /** @default [] */
            groupMappings: components["schemas"]["GroupMapping"][];
            /** @default true */
            enabled: boolean;
        };
        IdentityProviderChange: {
            displayName?: string | "";
            /**
             * @description Only until somebody has signed in through it.
             * @example https://login.acme.example
             */
            issuerUrl?: string;
            clientId?: string;
            /** @description null takes it away. */
            clientSecret?: string | null;
            scopes?: string[];
            /** @description The claim that names the groups of a person. */
            groupClaim?: string;
            /** @description All of them; they count from the next sign-in on. */
            groupMappings?: components["schemas"]["GroupMapping"][];
            /** @description false ends the sessions that began with it, too. */
            enabled?: boolean;
        };
        IdentityProvider: {
            name: string;
            /** @enum {string} */
            kind: "oidc" | "entra";
            displayName: string;
            /**
             * @description settings: it is changed there, and nowhere else.
             * @enum {string}
             */
            source: "settings" | "database";
            enabled: boolean;
            issuerUrl: string;
            clientId: string;
            hasSecret: boolean;
            /** @description To be registered at the provider. */
            redirectUri: string;
            scopes: string[];
            groupClaim: string;
            groupMappings: {
                group: string;
                organization: string;
                role: components["schemas"]["Role"];
            }[];
            /** @description null: it comes from the settings. */
            createdAt: string | null;
            updatedAt: string | null;
        };
        IdentityProviderCheck: {
            ok: boolean;
            steps: {
                /** @example discovery */
                step: string;
                ok: boolean;
                /** @description What was found, or what is wrong. */
                detail: string;
            }[];
        };
        CurrentSession: {
            /** Format: uuid */
            id: string;
            user: {
                /** Format: uuid */
                id: string;
                email: string;
                displayName: string;
            };
            /** @description To be sent as x-csrf-token with every change. */
            csrfToken: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends if it is not used any more.
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it ends in any case.
             */
            endsAt: string;
        };
        Session: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            /** @description The one that this request came with. */
            current: boolean;
            /** @description Who said who it is: password, setup, or an issuer. */
            issuer: string;
            /** @description What the browser called itself. */
            client: string;
            address: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        /**
         * @description private: members of the organization; internal: any signed-in caller; public: anyone.
         * @enum {string}
         */
        Visibility: "private" | "internal" | "public";
        Namespace: {
            name: string;
            /** @description The organization that owns it. */
            organization: string;
            visibility: components["schemas"]["Visibility"];
            /** @description How many of its modules you may see; null in a list that was asked for without `counts`. */
            modules: number | null;
            /** @description How many of its providers you may see; null in a list that was asked for without `counts`. */
            providers: number | null;
            /** Format: date-time */
            createdAt: string;
        };
        NewNamespace: {
            /**
             * @description First part of an address, e.g. acme.
             * @example acme
             */
            name: string;
            /** @description Who owns it; the default organization unless given. */
            organization?: string;
            /** @default internal */
            visibility: components["schemas"]["Visibility"];
        };
        NamespaceChange: {
            visibility: components["schemas"]["Visibility"];
        };
        VersionSource: {
            /** @example https://github.com/acme/infra */
            url: string;
            commit: string | null;
            /**
             * @description Empty: the root of the repository.
             * @example modules/vpc
             */
            folder: string;
            /** @description Where a browser shows it: the folder at the commit where the host is known, else the repository. */
            page: string;
        };
        ProviderPlatform: {
            /** @example linux_amd64 */
            platform: string;
            filename: string;
            /** @description Of the zip, as in SHA256SUMS. */
            sha256: string;
            /** @description What a lock file records of the unpacked zip. */
            h1: string;
            sizeBytes: number | null;
            downloads: number;
        };
        ProviderVersion: {
            /** @example acme/greeter */
            address: string;
            /** @example 1.2.0 */
            version: string;
            /** @enum {string} */
            state: "active" | "deprecated" | "revoked" | "deleted";
            /** @description Why, when it is deprecated; terraform init prints it. */
            deprecation: string;
            /**
             * @example [
             *       "6.0"
             *     ]
             */
            protocols: string[];
            platforms: components["schemas"]["ProviderPlatform"][];
            /** @description Where its code comes from; null: nobody said it. */
            source: components["schemas"]["VersionSource"] | null;
            signingKey: {
                fingerprint: string;
                keyId: string;
                expiresAt: string | null;
            };
            downloads: number;
            publishedBy: string;
            /** Format: date-time */
            publishedAt: string;
        };
        Provider: {
            /** @example acme/greeter */
            address: string;
            namespace: string;
            type: string;
            description: string;
            deprecation: string;
            /** @description Repository of the newest version that says where it comes from, `sourceVersion`; null: none does. */
            sourceUrl: string | null;
            /**
             * @description Version that said `sourceUrl`; of another one the code may lie elsewhere. null: none says it.
             * @example 1.2.0
             */
            sourceVersion: string | null;
            /** @description Newest version that is not a prerelease. */
            latestVersion: string | null;
            /** @description Of that version. */
            latestState: ("active" | "deprecated") | null;
            /** @description Of that version. */
            latestPublishedAt: string | null;
            downloads: number;
            /** Format: date-time */
            createdAt: string;
        };
        StagedFile: {
            /** @example terraform-provider-greeter_1.2.0_linux_amd64.zip */
            filename: string;
            sha256: string;
            sizeBytes: number;
            /** Format: date-time */
            stagedAt: string;
        };
        /** @description What has arrived of a version; forgotten after 24 hours. */
        StagedFiles: {
            items: components["schemas"]["StagedFile"][];
        };
        PublishedProvider: {
            /** @enum {string} */
            outcome: "published" | "already-published";
            version: components["schemas"]["ProviderVersion"];
            warnings: string[];
        };
        /** @description What has arrived fits together, and nothing is live yet. */
        WaitingProvider: {
            /** @constant */
            outcome: "waiting";
            /** @description Files that the version still waits for. */
            missing: string[];
            version: null;
            warnings: string[];
        };
        PlatformUpload: {
            /** @enum {string} */
            outcome: "waiting" | "published" | "already-published";
            /** @description Files that the version still waits for. */
            missing: string[];
            version: components["schemas"]["ProviderVersion"] | null;
            warnings: string[];
        };
        Deprecation: {
            message: string;
        };
        ProviderLock: {
            /** @example registry.example.com/acme/greeter */
            provider: string;
            version: string;
            /** @description h1: of every platform, zh: of every line of SHA256SUMS; sorted. */
            hashes: string[];
            /** @description Which h1: belongs to which platform. */
            platforms: {
                /** @example linux_amd64 */
                platform: string;
                /** @description Of the unpacked zip: what terraform records. */
                h1: string;
                /** @description Of the zip, its folders included: what the mirror lists. */
                zipH1: string;
            }[];
        };
        CatalogueSource: {
            /**
             * @description As its addresses carry it.
             * @example registry.opentofu.org
             */
            hostname: string;
            /** @enum {string} */
            kind: "opentofu-folder" | "registry-api" | "search-feed";
            /** @description Where it was imported from. */
            address: string;
            visibility: components["schemas"]["Visibility"];
            /** @description Those for which another visibility was set, by name. */
            namespaces: {
                namespace: string;
                visibility: components["schemas"]["Visibility"];
            }[];
            /** @description When an import was last through; null: none was so far. */
            importedAt: string | null;
        };
        /** @description private: who holds a role on the platform; internal: any signed-in caller; public: anyone. */
        CatalogueVisibility: {
            visibility: components["schemas"]["Visibility"];
        };
        CataloguedRegistry: {
            /**
             * @description As its addresses carry it.
             * @example registry.opentofu.org
             */
            hostname: string;
            /** @enum {string} */
            kind: "opentofu-folder" | "registry-api" | "search-feed";
            /** @description When an import was last through; null: none was so far. */
            importedAt: string | null;
            /** @description How many of them you may read. */
            modules: number;
            /** @description How many of them you may read. */
            providers: number;
            /** @description A host block: with it in their configuration, clients ask this registry instead of that one. */
            configuration: string;
        };
        CataloguedModule: {
            /** @example registry.opentofu.org */
            hostname: string;
            /** @description As its registry writes it, without the host name. */
            address: string;
            /** @description Empty when its registry does not tell. */
            description: string;
            /** @description Address of its sources; empty when that is not known. */
            source: string;
            /** @description As its registry counts them. Null: its registry does not tell. */
            downloads: number | null;
            /** @description Stars of its sources. Null: its registry does not tell. */
            popularity: number | null;
            verified: boolean;
            /** @description Its sources are not worked on any more. */
            archived: boolean;
            /** @description Empty: it is no fork, or that is not known. */
            forkOf: string;
            /** @description The newest stable version, else the newest. Null: it has none that a client can read. */
            latestVersion: string | null;
            /** @description How many there are that a client can read. */
            versions: number;
            /** @description When its registry was last imported through. */
            importedAt: string | null;
        };
        CataloguedProvider: {
            /** @example registry.opentofu.org */
            hostname: string;
            /** @description As its registry writes it, without the host name. */
            address: string;
            /** @description Empty when its registry does not tell. */
            description: string;
            /** @description Address of its sources; empty when that is not known. */
            source: string;
            /** @description As its registry counts them. Null: its registry does not tell. */
            downloads: number | null;
            /** @description Stars of its sources. Null: its registry does not tell. */
            popularity: number | null;
            verified: boolean;
            /** @description Its sources are not worked on any more. */
            archived: boolean;
            /** @description Empty: it is no fork, or that is not known. */
            forkOf: string;
            /** @description The newest stable version, else the newest. Null: it has none that a client can read. */
            latestVersion: string | null;
            /** @description How many there are that a client can read. */
            versions: number;
            /** @description When its registry was last imported through. */
            importedAt: string | null;
            /** @description What clients are told of it. */
            warnings: string[];
        };
        CataloguedModuleVersion: {
            version: string;
            /** @description In its sources. */
            tag: string;
            /** @description Null: its registry does not tell. */
            publishedAt: string | null;
            /** @description Null: its registry does not tell. */
            downloads: number | null;
        };
        CataloguedProviderVersion: {
            version: string;
            /** @description In its sources. */
            tag: string;
            /** @description Null: its registry does not tell. */
            publishedAt: string | null;
            /** @description Null: its registry does not tell. */
            downloads: number | null;
            protocols: string[];
            platforms: string[];
        };
        CataloguedPlatforms: {
            version: string;
            publishedAt: string | null;
            protocols: string[];
            platforms: {
                /** @example linux_amd64 */
                platform: string;
                /** @description Empty when its registry tells it with each package alone. */
                filename: string;
                /** @description Null: its registry does not tell. */
                sha256: string | null;
                /** @description Null: its registry does not tell. */
                h1: string | null;
                /** @description Null: its registry does not tell. */
                sizeBytes: number | null;
            }[];
        };
        JobRun: {
            /** Format: uuid */
            id: string;
            /** @example catalogue.import */
            kind: string;
            /**
             * @description What it is about.
             * @example registry.opentofu.org
             */
            subject: string;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled";
            options: {
                [key: string]: unknown;
            };
            /** @description `done` of `total`; total null: nobody knows. */
            progress: {
                [key: string]: unknown;
            };
            /** @description What was new, changed, gone and unchanged; null until it is done. */
            report: {
                [key: string]: unknown;
            } | null;
            /** @description Why it failed; otherwise empty. */
            error: string;
            startedBy: string;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            heartbeatAt: string | null;
            finishedAt: string | null;
        };
        JobRunWithProblems: {
            /** Format: uuid */
            id: string;
            /** @example catalogue.import */
            kind: string;
            /**
             * @description What it is about.
             * @example registry.opentofu.org
             */
            subject: string;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled";
            options: {
                [key: string]: unknown;
            };
            /** @description `done` of `total`; total null: nobody knows. */
            progress: {
                [key: string]: unknown;
            };
            /** @description What was new, changed, gone and unchanged; null until it is done. */
            report: {
                [key: string]: unknown;
            } | null;
            /** @description Why it failed; otherwise empty. */
            error: string;
            startedBy: string;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            heartbeatAt: string | null;
            finishedAt: string | null;
            /** @description What could not be taken, or not as it was; the first hundred of them. */
            problems: {
                path: string;
                reason: string;
            }[];
        };
        CatalogueImport: {
            /**
             * @description In the folder that catalogue.import_folder names.
             * @example opentofu-registry
             */
            folder?: string;
            /**
             * @description Instead: host name or address of a registry that is asked over HTTP.
             * @example registry.terraform.io
             */
            registry?: string;
            /**
             * @description The name that the addresses of the registry carry: of a folder registry.opentofu.org, otherwise its host unless it is given.
             * @example registry.example.com
             */
            hostname?: string;
            /** @enum {string} */
            only?: "modules" | "providers";
            /**
             * @description Who may see it; unless given it stays, and is internal at first.
             * @enum {string}
             */
            visibility?: "private" | "internal" | "public";
        };
        SearchHit: {
            /** @enum {string} */
            kind: "module" | "provider";
            /**
             * @description With the hostname in front when it is of another registry.
             * @example acme/vpc/aws
             */
            address: string;
            /** @description Of the registry that it comes from; null: of this one. */
            hostname: string | null;
            namespace: string;
            /** @description Of a module, or the type of a provider. */
            name: string;
            /** @description Target system of a module. */
            system: string | null;
            /** @description Newest version; one that is not a prerelease, when there is any. */
            version: string | null;
            description: string;
            downloads: number;
            /** @description As its source counts it; null: the source does not say. */
            popularity: number | null;
            /** @enum {string} */
            origin: "published" | "mirrored" | "catalogued";
            /** @enum {string} */
            visibility: "private" | "internal" | "public";
            verified: boolean;
            archived: boolean;
            deprecated: boolean;
            /** @description Of its newest version; null: nobody knows. */
            updatedAt: string | null;
            /** @description How the words of the query fit; null when there are none. */
            match: ("address" | "name" | "namespace" | "prefix" | "words" | "typo") | null;
        };
        SearchPart: {
            /** @enum {string} */
            kind: "submodule" | "resource" | "data" | "input" | "output" | "doc";
            /**
             * @description As written; the address of a resource; the title of a page.
             * @example cidr
             */
            name: string;
            /**
             * @description Where it stands, below the registry.
             * @example /modules/acme/vpc/aws/inputs#input-cidr
             */
            page: string;
            /**
             * @description That it is in; null: it is a page of the documentation.
             * @example acme/vpc/aws
             */
            module: string | null;
            /** @description Newest version of the module. */
            version: string | null;
            /**
             * @description Of the module; empty: its root.
             * @example modules/subnets
             */
            folder: string;
            /** @description Type and description, or the text around what was found. */
            about: string;
            /**
             * @description How the words of the query fit its name.
             * @enum {string}
             */
            match: "name" | "prefix" | "words";
        };
        SearchGroup: {
            /** @enum {string} */
            kind: "submodule" | "resource" | "data" | "input" | "output" | "doc";
            total: {
                count: number;
                isEstimate: boolean;
            };
            /** @description The first of them. */
            items: components["schemas"]["SearchPart"][];
        };
        SearchParts: {
            items: components["schemas"]["SearchPart"][];
            next: string | null;
            total: {
                count: number;
                isEstimate: boolean;
            };
            /** @description What one should know of how the query was understood. */
            hints: string[];
        };
        SearchFacet: {
            /**
             * @description As in a query.
             * @enum {string}
             */
            key: "kind" | "origin" | "system" | "ns" | "state" | "verified" | "license";
            /** @description Those of most hits, at most 12. */
            values: {
                value: string;
                count: number;
            }[];
            /** @description How many further values there are. */
            others: number;
        };
        SearchAnswer: {
            items: components["schemas"]["SearchHit"][];
            next: string | null;
            total: {
                count: number;
                isEstimate: boolean;
            };
            /** @description The query with the words that were probably meant. */
            didYouMean?: string;
            /** @description What one should know of how the query was understood. */
            hints: string[];
            /** @description Of all hits, when they are asked for. */
            facets?: components["schemas"]["SearchFacet"][];
            /** @description What comes near, where nothing was found. */
            offers?: {
                /**
                 * @description The same for another target system, or in other registries.
                 * @enum {string}
                 */
                kind: "other-systems" | "elsewhere";
                /** @description The query that finds them. */
                q: string;
                items: components["schemas"]["SearchHit"][];
            }[];
        };
        Problem: {
            /** @description Address of the page that explains the code. */
            type: string;
            title: string;
            status: number;
            /**
             * @description Stable, kebab-case name of the refusal.
             * @example version-exists
             */
            code: string;
            detail: string;
            /** @description The next step. */
            hint?: string;
            errors: string[];
            requestId: string;
        };
        Mirror: {
            /**
             * @description For network_mirror in the CLI configuration.
             * @example https://registry.example.com/v1/mirror/
             */
            url: string;
            /**
             * @description Host names of providers that it answers for.
             * @example [
             *       "registry.example.com"
             *     ]
             */
            hostnames: string[];
        };
        /** @enum {string} */
        VersionStep: "none" | "patch" | "minor" | "major";
        ModuleVersion: {
            /** @example acme/vpc/aws */
            address: string;
            /** @example 1.2.0 */
            version: string;
            /** @enum {string} */
            state: "active" | "deprecated" | "revoked" | "deleted";
            description: string;
            /** @description Where its code comes from; null: nobody said it. */
            source: components["schemas"]["VersionSource"] | null;
            /** @description Of the archive that clients download. */
            sha256: string | null;
            sizeBytes: number | null;
            downloads: number;
            publishedBy: string;
            /** Format: date-time */
            publishedAt: string;
            /** @description The step of SemVer that its changes make; null: there is no release below it, one of the two could not be read, or nobody has measured it. */
            measuredStep: components["schemas"]["VersionStep"] | null;
            /**
             * @description The release that it was measured against: the newest below it.
             * @example 1.1.0
             */
            measuredFrom: string | null;
        };
        Module: {
            /** @example acme/vpc/aws */
            address: string;
            namespace: string;
            name: string;
            system: string;
            description: string;
            /** @description Repository of the newest version that says where it comes from, `sourceVersion`; null: none does. */
            sourceUrl: string | null;
            /**
             * @description Version that said `sourceUrl`; of another one the code may lie elsewhere. null: none says it.
             * @example 1.2.0
             */
            sourceVersion: string | null;
            /** @description Newest version that is not a prerelease. */
            latestVersion: string | null;
            /** @description Of that version. */
            latestState: ("active" | "deprecated") | null;
            /** @description Of that version. */
            latestPublishedAt: string | null;
            downloads: number;
            /** Format: date-time */
            createdAt: string;
        };
        PublishedModule: {
            /**
             * @description `would-publish` of a dry run: nothing was kept.
             * @enum {string}
             */
            outcome: "published" | "already-published" | "would-publish";
            version: components["schemas"]["ModuleVersion"];
            /** @description Such as that its number promises more than it keeps. */
            warnings: string[];
        };
        DownloadsSeries: {
            /**
             * @description As it was split: 1.2.0, 1, or terraform.
             * @example 1.2.0
             */
            name: string;
            total: number;
            /** @description One for each period. */
            downloads: number[];
        };
        Downloads: {
            /** @example acme/vpc/aws */
            address: string;
            /** @enum {string} */
            by: "day" | "week" | "month";
            /** @enum {string} */
            split: "none" | "major" | "version" | "client";
            /**
             * Format: date
             * @description The first day of the first period.
             */
            from: string;
            /**
             * Format: date
             * @description The last day; before the end of the last period when that is not over.
             */
            to: string;
            /** @description The first day of each, oldest first. */
            periods: string[];
            total: number;
            /** @description One for each period. */
            downloads: number[];
            /** @description Most downloads first; what has none in this time is left out. */
            series: components["schemas"]["DownloadsSeries"][];
            /** @description The sum of the `count` series that are past the limit; null: there are none. */
            others: {
                total: number;
                /** @description One for each period. */
                downloads: number[];
                count: number;
            } | null;
            /** @description Versions that were published in this time and are not deleted, oldest first; the newest 500. */
            published: {
                version: string;
                /** Format: date-time */
                publishedAt: string;
            }[];
        };
        Diagnostic: {
            /** @enum {string} */
            severity: "error" | "warning";
            /** @example This block is not closed. */
            message: string;
            /** @example variables.tf */
            file: string;
            line: number;
            column: number;
        };
        TypeTree: {
            /** @enum {string} */
            kind: "string" | "number" | "bool" | "any" | "list" | "set" | "map" | "tuple" | "object" | "unknown";
            element?: components["schemas"]["TypeTree"];
            elements?: components["schemas"]["TypeTree"][];
            attributes?: {
                name: string;
                type: components["schemas"]["TypeTree"];
                optional: boolean;
                defaultText?: string;
                description?: string;
            }[];
            text?: string;
        };
        InputVariable: {
            name: string;
            /** @description As written, comments included; null: none is written. */
            type: string | null;
            typeTree: components["schemas"]["TypeTree"] | null;
            required: boolean;
            /** @description When it is a plain value; numbers that JSON would round are text. */
            default?: unknown;
            /** @description As written; null: none. */
            defaultText: string | null;
            description: string;
            /** @description Its description as safe HTML; absent where that is plain words, or too large to be rendered. */
            descriptionHtml?: string;
            sensitive: boolean;
            nullable: boolean;
            ephemeral: boolean;
            deprecated: string | null;
            validations: {
                condition: string;
                message: string;
            }[];
            /** @example variables.tf */
            file: string;
            line: number;
        };
        OutputValue: {
            name: string;
            description: string;
            /** @description Its description as safe HTML; absent where that is plain words, or too large to be rendered. */
            descriptionHtml?: string;
            /** @description The expression, as written. */
            value: string;
            sensitive: boolean;
            ephemeral: boolean;
            deprecated: string | null;
            /** @example variables.tf */
            file: string;
            line: number;
        };
        Resource: {
            /** @enum {string} */
            mode: "managed" | "data" | "ephemeral";
            /** @example aws_vpc */
            type: string;
            name: string;
            /** @description As written: `aws.west`; null: the one of its type. */
            provider: string | null;
            /** @description It has `count` or `for_each`. */
            repeated: boolean;
            /** @example variables.tf */
            file: string;
            line: number;
        };
        ModuleCall: {
            name: string;
            /** @description null when it is not a plain text. */
            source: string | null;
            /** @description The constraint. */
            version: string | null;
            /** @example variables.tf */
            file: string;
            line: number;
        };
        ProviderRequirement: {
            /** @description Local name. */
            name: string;
            /** @example hashicorp/aws */
            source: string | null;
            /** @description The constraint. */
            version: string | null;
            /**
             * @example [
             *       "aws.west"
             *     ]
             */
            configurationAliases: string[];
            /** @example variables.tf */
            file: string;
            line: number;
        };
        Requirements: {
            /** @description `required_version`. */
            terraform: {
                constraint: string;
                /** @example variables.tf */
                file: string;
                line: number;
            }[];
            providers: components["schemas"]["ProviderRequirement"][];
            moduleCalls: components["schemas"]["ModuleCall"][];
        };
        Moves: {
            moved: {
                from: string;
                to: string;
                /** @example variables.tf */
                file: string;
                line: number;
            }[];
            removed: {
                from: string;
                /** @description What its lifecycle says; absent: nothing, or an older inspector read it. */
                destroys?: boolean;
                /** @example variables.tf */
                file: string;
                line: number;
            }[];
            imports: {
                to: string;
                id: string;
                /** @example variables.tf */
                file: string;
                line: number;
            }[];
            checks: {
                name: string;
                /** @example variables.tf */
                file: string;
                line: number;
            }[];
        };
        ArchivedFile: {
            path: string;
            sizeBytes: number;
            /** @description It can be shown as text. */
            isText: boolean;
            /** @description Absent where an older inspector read the archive, until it is read again. */
            sha256?: string;
        };
        /**
         * @description Whether the module was read: `failed` is over its limits.
         * @enum {string}
         */
        Inspection: "waiting" | "done" | "failed";
        FolderSummary: {
            /** @enum {string} */
            kind: "root" | "submodule" | "example";
            /**
             * @description Empty for the root.
             * @example modules/subnets
             */
            path: string;
            /** @description First sentence of its README; empty when there is none. */
            description: string;
            inputs: number;
            requiredInputs: number;
            outputs: number;
            resources: number;
            requirements: number;
            hasReadme: boolean;
            /** @description Diagnostics that are errors. */
            errors: number;
        };
        ModuleVersionDetails: {
            /** @example acme/vpc/aws */
            address: string;
            /** @example 1.2.0 */
            version: string;
            /** @enum {string} */
            state: "active" | "deprecated" | "revoked" | "deleted";
            description: string;
            /** @description Where its code comes from; null: nobody said it. */
            source: components["schemas"]["VersionSource"] | null;
            /** @description Of the archive that clients download. */
            sha256: string | null;
            sizeBytes: number | null;
            downloads: number;
            publishedBy: string;
            /** Format: date-time */
            publishedAt: string;
            /** @description The step of SemVer that its changes make; null: there is no release below it, one of the two could not be read, or nobody has measured it. */
            measuredStep: components["schemas"]["VersionStep"] | null;
            /**
             * @description The release that it was measured against: the newest below it.
             * @example 1.1.0
             */
            measuredFrom: string | null;
            latestVersion: string | null;
            isLatest: boolean;
            versionCount: number;
            /** @enum {string} */
            visibility: "private" | "internal" | "public";
            /** @description Name of the organization that its namespace belongs to. */
            owner: string;
            /** @description Repository of this version, else of the newest one that says where it comes from; null: none does. */
            sourceUrl: string | null;
            /**
             * @description Version that said `sourceUrl`; of another one the code may lie elsewhere. null: none says it.
             * @example 1.2.0
             */
            sourceVersion: string | null;
            /** @description SPDX id; null: none was recognised. */
            licence: string | null;
            /**
             * @description Path of the file that says it; null: there is none.
             * @example LICENSE
             */
            licenceFile: string | null;
            /** @description Constraints of the root for Terraform and OpenTofu. */
            requiredVersion: string | null;
            inspection: components["schemas"]["Inspection"];
            folders: components["schemas"]["FolderSummary"][];
            /** @description What could not be read, in all of the archive. */
            diagnostics: components["schemas"]["Diagnostic"][];
        };
        InputsPart: {
            inspection: components["schemas"]["Inspection"];
            items: components["schemas"]["InputVariable"][];
            diagnostics: components["schemas"]["Diagnostic"][];
        };
        OutputsPart: {
            inspection: components["schemas"]["Inspection"];
            items: components["schemas"]["OutputValue"][];
            diagnostics: components["schemas"]["Diagnostic"][];
        };
        ResourcesPart: {
            inspection: components["schemas"]["Inspection"];
            items: components["schemas"]["Resource"][];
            diagnostics: components["schemas"]["Diagnostic"][];
            moves: components["schemas"]["Moves"];
        };
        RequirementsPart: {
            inspection: components["schemas"]["Inspection"];
            requirements: components["schemas"]["Requirements"];
            /**
             * @description By local name: where its providers have a page in this registry, here or in its catalogue, of those that you may read.
             * @example {
             *       "aws": "/mirror/registry.opentofu.org/hashicorp/aws"
             *     }
             */
            providerPages: {
                [key: string]: string;
            };
            diagnostics: components["schemas"]["Diagnostic"][];
        };
        FoldersPart: {
            inspection: components["schemas"]["Inspection"];
            items: components["schemas"]["FolderSummary"][];
        };
        ReadmePart: {
            inspection: components["schemas"]["Inspection"];
            /** @description null: this folder has none. */
            file: string | null;
            /** @description Safe: written by the registry, without anything active. Code has the classes `code-keyword`, `code-string` …. */
            html: string;
            headings: {
                id: string;
                text: string;
                level: number;
            }[];
        };
        FilesPart: {
            inspection: components["schemas"]["Inspection"];
            items: components["schemas"]["ArchivedFile"][];
        };
        FileView: {
            path: string;
            sizeBytes: number;
            /** @description Each line as safe, highlighted HTML; null: it is not text, or too large to be shown. */
            lines: string[] | null;
        };
        FolderCode: {
            inspection: components["schemas"]["Inspection"];
            items: {
                path: string;
                text: string;
                /** @description The same, highlighted. */
                html: string;
            }[];
            /** @description Files that are too many or too large to be shown together. */
            leftOut: number;
        };
        UsageBlock: {
            text: string;
            /** @description The same, highlighted. */
            html: string;
            /** @example registry.example.com/acme/vpc/aws */
            source: string;
            /** @example ~> 1.2 */
            version: string;
            /** @description Why clients would refuse this host name; null: they accept it. */
            refusedHost: string | null;
        };
        /**
         * @description `breaking`: a caller may have to change something, or lose something; `addition`: there is more, or something else, for whoever wants it; `patch`: callers notice nothing.
         * @enum {string}
         */
        ChangeSeverity: "breaking" | "addition" | "patch";
        InterfaceChange: {
            /**
             * @description Which rule says so, as in the documentation.
             * @example input-removed
             */
            rule: string;
            /** @enum {string} */
            kind: "added" | "removed" | "changed";
            /** @description Of the input, the output, the provider …; one may change in several ways. */
            name: string;
            /**
             * @description One sentence.
             * @example The input cidr was removed.
             */
            what: string;
            /** @description As written; null: nothing was. */
            before: string | null;
            after: string | null;
            severity: components["schemas"]["ChangeSeverity"];
            /** @description Why it is as severe as that, in one sentence. */
            reason: string;
            /** @description Where it stands in the first version. */
            from: {
                /** @example variables.tf */
                file: string;
                line: number;
            } | null;
            to: {
                /** @example variables.tf */
                file: string;
                line: number;
            } | null;
        };
        FolderDiff: {
            /**
             * @description Empty for the root.
             * @example modules/subnets
             */
            path: string;
            /** @enum {string} */
            kind: "added" | "removed" | "changed" | "same";
            /** @description Of its most severe change; null: there is none. */
            severity: components["schemas"]["ChangeSeverity"] | null;
            /** @description That the folder itself came or went: then the other lists are empty. */
            folder: components["schemas"]["InterfaceChange"][];
            inputs: components["schemas"]["InterfaceChange"][];
            outputs: components["schemas"]["InterfaceChange"][];
            /** @description Versions of Terraform and OpenTofu, and providers. */
            requirements: components["schemas"]["InterfaceChange"][];
            /** @description Resources, data sources and ephemeral resources, by type and address. */
            resources: components["schemas"]["InterfaceChange"][];
            /** @description The modules that it calls. */
            moduleCalls: components["schemas"]["InterfaceChange"][];
        };
        ChangedFile: {
            path: string;
            /** @enum {string} */
            kind: "added" | "removed" | "changed";
            sizeBefore: number | null;
            sizeAfter: number | null;
            /** @description It can be shown as text, in each version that has it. */
            isText: boolean;
        };
        DiffVerdict: {
            /**
             * @description `backward`: the first version is the newer one; then no number states anything.
             * @enum {string}
             */
            order: "forward" | "backward" | "same";
            /** @description The step that the changes make; null: one of the versions could not be read as a whole. */
            measured: components["schemas"]["VersionStep"] | null;
            /** @description The step between the two numbers; null: they go backward. */
            stated: components["schemas"]["VersionStep"] | null;
            /** @description The largest step that these numbers may be. Before 1.0.0 the second number stands for the first; from a prerelease everything may change. */
            allowed: components["schemas"]["VersionStep"] | null;
            /** @description Whether what is measured is allowed; null: nobody can tell. */
            enough: boolean | null;
            /** @example 2 inputs were removed in a minor release. */
            sentence: string;
            breaking: number;
            additions: number;
            patches: number;
        };
        ComparedVersion: {
            /** @example 1.2.0 */
            version: string;
            /** @enum {string} */
            state: "active" | "deprecated" | "revoked" | "deleted";
            /** Format: date-time */
            publishedAt: string;
            inspection: components["schemas"]["Inspection"];
            /** @description What of it could not be read: its diagnostics that are errors. */
            errors: number;
        };
        ModuleDiff: {
            /** @example acme/vpc/aws */
            address: string;
            from: components["schemas"]["ComparedVersion"];
            to: components["schemas"]["ComparedVersion"];
            verdict: components["schemas"]["DiffVerdict"];
            /** @description The root first, then its submodules; examples are no interface. */
            folders: components["schemas"]["FolderDiff"][];
            files: components["schemas"]["ChangedFile"][];
            /** @description Changes that are counted, but not listed: there are too many. */
            leftOut: number;
        };
        FileDiff: {
            path: string;
            /** @enum {string} */
            kind: "added" | "removed" | "changed" | "same";
            /** @description Changed lines with up to three around them; null: see `notShown`. */
            hunks: {
                lines: {
                    /** @enum {string} */
                    kind: "added" | "removed" | "same";
                    /** @description Its number in the first version, from 1. */
                    before: number | null;
                    after: number | null;
                    text: string;
                }[];
            }[] | null;
            /** @description `too-large`: the file is over 1 MB, or its lines over 4 MB once they are written as JSON. */
            notShown: ("not-text" | "too-large" | "too-different") | null;
        };
        Check: {
            /** @enum {string} */
            name: "database" | "storage" | "address" | "sign-in" | "people" | "namespaces" | "catalogue";
            /** @example Storage */
            title: string;
            /**
             * @description open: it works as it is, and something is left to do; failed: it was tried and does not.
             * @enum {string}
             */
            state: "done" | "open" | "failed";
            /** @description What is so, and what to do. */
            words: string;
            /** @description The command that does it. */
            next: string | null;
        };
        Checklist: {
            items: components["schemas"]["Check"][];
        };
        DocsEntry: {
            /**
             * @description Of the page, below the registry.
             * @example /docs/configuration
             */
            address: string;
            title: string;
            /** @enum {string} */
            kind: "start" | "how-to" | "reference" | "explanation" | "decisions" | "project";
            /** @description The part of the page that was found; its id is the anchor. Null: the page as a whole. */
            section: {
                id: string;
                title: string;
            } | null;
            /** @description What the page is about, or the text around what was found. */
            excerpt: string;
        };
        DocsText: {
            address: string;
            title: string;
            /** @enum {string} */
            kind: "start" | "how-to" | "reference" | "explanation" | "decisions" | "project";
            /** @description Safe to be shown as it is; without the heading of the page. */
            html: string;
            headings: {
                id: string;
                text: string;
                level: number;
            }[];
            /**
             * @description Address of the same as Markdown.
             * @example /docs/configuration.md
             */
            markdown: string;
        };
        /** @enum {string} */
        Backend: "local" | "s3" | "azure" | "gcs";
        StorageCheck: {
            backend: components["schemas"]["Backend"];
            /** @description Where new archives go. */
            isDefault: boolean;
            ok: boolean;
            /** @description Archives that lie there and are needed. */
            objects: number;
            sizeBytes: number;
            steps: {
                /** @example write 64 KiB */
                step: string;
                ok: boolean;
                detail: string;
                elapsedMs: number;
            }[];
        };
        StorageChecks: {
            items: components["schemas"]["StorageCheck"][];
        };
        StorageMove: {
            to: components["schemas"]["Backend"];
        };
        ActivityEvent: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            action: "published" | "deprecated" | "deleted" | "restored";
            /** @enum {string} */
            type: "module" | "provider";
            namespace: string;
            /** @example acme/vpc/aws */
            address: string;
            /** @description null: all of its versions. */
            version: string | null;
            /** @description Who published it, as its version says; null for all else. */
            by: string | null;
        };
        Organization: {
            /** Format: uuid */
            id: string;
            name: string;
            displayName: string;
            namespaces: number;
            members: number;
            /** Format: date-time */
            createdAt: string;
        };
        NewOrganization: {
            /** @example payments */
            name: string;
            /** @default  */
            displayName: string | "";
        };
        OrganizationChange: {
            displayName: string | "";
        };
        Member: {
            /** Format: uuid */
            userId: string;
            email: string;
            displayName: string;
            roles: {
                role: components["schemas"]["Role"];
                /** @description manual, or the issuer that gave it. */
                source: string;
            }[];
        };
        /** @description All roles that were given by hand; an empty list takes them away. */
        MemberRoles: {
            roles: components["schemas"]["Role"][];
        };
        NamespaceTransfer: {
            organization: string;
        };
        SigningKey: {
            namespace: string;
            /** @example 3A0C8F6B2D4E5F60718293A4B5C6D7E8F9012345 */
            fingerprint: string;
            /**
             * @description What terraform init prints.
             * @example B5C6D7E8F9012345
             */
            keyId: string;
            /** @example RSA 3072 */
            algorithm: string;
            userId: string;
            /** @description The public key itself, ASCII-armored. */
            armored: string;
            expiresAt: string | null;
            expired: boolean;
            /** @description Versions whose signature needs this key. */
            versions: number;
            addedBy: string;
            /** Format: date-time */
            addedAt: string;
        };
        SigningKeys: {
            items: components["schemas"]["SigningKey"][];
        };
        NewSigningKey: {
            /** @description The public key, ASCII-armored: gpg --armor --export KEY */
            armored: string;
        };
        AddedSigningKey: {
            /** @enum {string} */
            outcome: "added" | "already-added";
            key: components["schemas"]["SigningKey"];
            warnings: string[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
