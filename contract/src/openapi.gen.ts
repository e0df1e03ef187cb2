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
        /** API keys, newest first. Needs api_keys:manage; shows those of the organizations where you hold it. */
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
        /** Make an API key. Needs api_keys:manage, and every scope that the key is to hold. */
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
        /** Revoke an API key. Needs api_keys:manage. */
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
    "/api/v1/modules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The modules that you may read, by address. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    /** @description First part of an address, e.g. acme. */
                    namespace?: string;
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
         * Publish a version as a form: file, namespace, name, system, version, description. Needs modules:write.
         * @description The same bytes again answer 200 and `already-published`; other bytes under a published version answer 409.
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
        /** One version of a module. */
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
        /**
         * Publish a version: the body is the archive (tar.gz or zip) as it is. Needs modules:write.
         * @description The same bytes again answer 200 and `already-published`; other bytes under a published version answer 409.
         */
        put: {
            parameters: {
                query?: {
                    description?: string;
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
        /** The providers that you may read, by address. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    cursor?: string;
                    /** @description Items a page, 1 to 100. */
                    limit?: number;
                    /** @description First part of an address, e.g. acme. */
                    namespace?: string;
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
         * Publish one platform as a form: file, namespace, type, version, os, arch, and gpg_public_key, shasums, shasums_signature, manifest. Needs providers:write.
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
         * @description The same version again answers 200 and `already-published`; other files under a published version answer 409.
         */
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
        /** @enum {string} */
        Scope: "modules:read" | "modules:write" | "providers:read" | "providers:write" | "mirrors:read" | "mirrors:manage" | "users:read" | "users:write" | "organizations:read" | "organizations:write" | "scm:read" | "scm:manage" | "api_keys:manage" | "audit:read" | "admin";
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description First characters of the key, to tell keys apart. */
            prefix: string;
            /** @description null: a key of the platform. */
            organization: string | null;
            scopes: components["schemas"]["Scope"][];
            /** @description Empty: every namespace of the organization. */
            namespaces: string[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
        };
        NewApiKey: {
            name: string;
            scopes: components["schemas"]["Scope"][];
            /** @description The default organization unless given; null makes a key of the platform, which only a key of the platform may do. */
            organization?: string | null;
            /** @default [] */
            namespaces: string[];
            /**
             * @description ISO 8601 in UTC; null: never.
             * @default null
             */
            expiresAt: string | null;
        };
        CreatedApiKey: {
            apiKey: components["schemas"]["ApiKey"];
            /** @description The key. It is not shown again. */
            token: string;
        };
        WhoAmI: {
            /** @enum {string} */
            kind: "anonymous" | "api-key" | "system";
            id: string;
            name: string;
            grants: {
                organization: string;
                scopes: components["schemas"]["Scope"][];
                namespaces?: string[];
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
        ModuleVersion: {
            /** @example acme/vpc/aws */
            address: string;
            /** @example 1.2.0 */
            version: string;
            /** @enum {string} */
            state: "active" | "deprecated" | "revoked" | "deleted";
            description: string;
            /** @description Of the archive that clients download. */
            sha256: string | null;
            sizeBytes: number | null;
            downloads: number;
            publishedBy: string;
            /** Format: date-time */
            publishedAt: string;
        };
        Module: {
            /** @example acme/vpc/aws */
            address: string;
            namespace: string;
            name: string;
            system: string;
            description: string;
            /** @description Newest version that is not a prerelease. */
            latestVersion: string | null;
            downloads: number;
            /** Format: date-time */
            createdAt: string;
        };
        PublishedModule: {
            /** @enum {string} */
            outcome: "published" | "already-published";
            version: components["schemas"]["ModuleVersion"];
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
            /** @description Newest version that is not a prerelease. */
            latestVersion: string | null;
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
