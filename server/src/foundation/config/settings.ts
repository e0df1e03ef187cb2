/** Every setting: its default, one sentence, and what it may be. Names, defaults and sentences here are all there is of them. */
import { Role } from '@cadastre/contract/roles'
import * as z from 'zod'
import { bytes, choice, duration, entries, flag, group, integer, list, root, text } from './kinds.ts'

/** One kind of request; keys and people may come five times as often, but where they sign in. */
const requestLimit = (says: string, { requests_per_minute, burst }: { requests_per_minute: number; burst: number }) =>
  group(says, {
    requests_per_minute: integer({
      default: requests_per_minute,
      min: 1,
      max: 10_000_000,
      says: 'Of one address, a minute in the long run; a key or a person has five times as many, where it is not about signing in.',
    }),
    burst: integer({ default: burst, min: 1, max: 10_000_000, says: 'Of these, at once.' }),
  })

const groupMappings = () =>
  entries(
    {
      says: 'Who is in a group holds a role: entries of group, organization (a name, or platform for all) and role. Evaluated at every sign-in.',
    },
    { group: z.string().min(1), organization: z.string().min(1), role: z.enum(Role.options) },
  )

export const settings = root({
  data_dir: text({
    default: './.cadastre',
    says: 'Folder for the embedded database, local storage, uploads on their way and the files of the first start.',
  }),

  server: group('Where the registry listens, and under which address it is known.', {
    host: text({
      default: '0.0.0.0',
      says: 'Address to listen on. `npm start` listens on loopback unless this is set.',
    }),
    port: integer({ default: 8080, min: 0, max: 65535, says: 'Port to listen on; 0 takes a free one.' }),
    base_url: text({
      default: 'http://localhost:8080',
      says: 'The address that clients use, with the path prefix if a proxy puts the registry below one. Unless set, localhost with server.port.',
    }),
    hostnames: list({
      default: [],
      says: 'Further host names, without a port, under which the providers of this registry are known, for its network mirror and lock files; the one of base_url always is.',
    }),
    read_timeout: duration({ default: '30s', says: 'A request whose bytes stop coming for this long is ended.' }),
    write_timeout: duration({
      default: '30s',
      says: 'A connection on which nothing moves for this long is ended; a slow but moving transfer is not.',
    }),
    trusted_proxies: list({
      default: [],
      says: 'Addresses or CIDR blocks of proxies whose X-Forwarded-For is believed.',
    }),
    workers: integer({ default: 1, min: 1, max: 64, says: 'Server processes.' }),
  }),

  database: group('PostgreSQL 15 or newer. With neither url nor host the embedded PostgreSQL in data_dir is used.', {
    url: text({
      secret: true,
      says: 'postgresql://user:password@host:port/name?sslmode=…, instead of the parts below.',
    }),
    host: text({ says: 'Host name, or the folder of a unix socket.' }),
    port: integer({ default: 5432, min: 1, max: 65535, says: 'Port.' }),
    name: text({ default: 'terraform_registry', says: 'Name of the database.' }),
    user: text({ default: 'registry', says: 'The application role: reads and writes rows, makes no tables.' }),
    password: text({ secret: true, says: 'Its password.' }),
    ssl_mode: choice(['disable', 'prefer', 'require', 'verify-ca', 'verify-full'], {
      default: 'require',
      says: 'As libpq means it: require encrypts without checking whom it talks to, verify-full checks certificate and host.',
    }),
    ssl_root_cert: text({
      says: 'PEM file with the authorities that verify-ca and verify-full trust, instead of the usual ones.',
    }),
    max_connections: integer({ default: 25, min: 2, max: 1000, says: 'Connections of one server process, at most.' }),
    migration_url: text({
      secret: true,
      says: 'Connection of the owner role, for migrations. Without it the application role has to be the owner too.',
    }),
    embedded: group('The embedded PostgreSQL.', {
      user: text({
        default: 'nobody',
        says: 'Who runs it when Cadastre is started as root, which PostgreSQL refuses.',
      }),
    }),
  }),

  storage: group('Where archives lie.', {
    default_backend: choice(['local', 's3', 'azure', 'gcs'], { default: 'local', says: 'Where new archives go.' }),
    local: group('A folder of this machine.', {
      base_path: text({ says: 'The folder. Default: storage in data_dir.' }),
      serve_directly: flag({ default: true, says: 'The registry itself sends the bytes, by signed address.' }),
    }),
    s3: group('S3-compatible storage: AWS, MinIO, R2 and others.', {
      endpoint: text({ says: 'Address of the service, for others than AWS; buckets are then addressed by path.' }),
      region: text({ says: 'Region. Default: AWS_REGION, else us-east-1.' }),
      bucket: text({ says: 'Bucket.' }),
      prefix: text({ says: 'What every key in the bucket begins with, such as cadastre/.' }),
      auth_method: choice(['static', 'default', 'assume_role', 'web_identity'], {
        default: 'default',
        says: 'static uses the two keys below; default does, too, when they are there, and else the chain of the AWS SDK (environment, profile, instance); assume_role goes on from these to role_arn; web_identity takes role_arn with the token file that AWS_WEB_IDENTITY_TOKEN_FILE names.',
      }),
      access_key_id: text({ says: 'Access key.' }),
      secret_access_key: text({ secret: true, says: 'Its secret.' }),
      role_arn: text({ says: 'Role for assume_role and web_identity; for the latter, AWS_ROLE_ARN unless set.' }),
      serve_directly: flag({
        default: false,
        says: 'true lets the registry send the bytes; otherwise clients are sent to the bucket by a signed address.',
      }),
    }),
    azure: group('Azure Blob Storage.', {
      account_name: text({ says: 'Account.' }),
      auth_method: choice(['account_key', 'sas', 'workload_identity'], {
        default: 'account_key',
        says: 'account_key and sas use the secret below; workload_identity is the chain of the Azure SDK (workload or managed identity, environment).',
      }),
      account_key: text({ secret: true, says: 'Its key.' }),
      sas_token: text({
        secret: true,
        says: 'A shared access signature for the container: read, create, write, delete, list.',
      }),
      container_name: text({ says: 'Container.' }),
      prefix: text({ says: 'What every key in the container begins with, such as cadastre/.' }),
      endpoint: text({ says: 'Address of the blob service. Default: https://ACCOUNT.blob.core.windows.net.' }),
      cdn_url: text({
        says: 'Address of a CDN in front of the container, for the addresses that clients are sent to.',
      }),
      serve_directly: flag({
        default: false,
        says: 'true lets the registry send the bytes; otherwise clients are sent to the container by a signed address.',
      }),
    }),
    gcs: group('Google Cloud Storage.', {
      bucket: text({ says: 'Bucket.' }),
      prefix: text({ says: 'What every key in the bucket begins with, such as cadastre/.' }),
      project_id: text({ says: 'Project. Default: that of the credentials.' }),
      auth_method: choice(['default', 'key_file'], {
        default: 'default',
        says: 'default is what the Google SDK finds (application default credentials); key_file reads credentials_file, and is taken when it is named.',
      }),
      credentials_file: text({ says: 'JSON file with the key of a service account.' }),
      endpoint: text({ says: 'Address of the service, for others than Google.' }),
      serve_directly: flag({
        default: false,
        says: 'true lets the registry send the bytes; otherwise clients are sent to the bucket by a signed address.',
      }),
    }),
  }),

  auth: group('Who may come in.', {
    bootstrap_token: text({
      secret: true,
      says: 'A first admin key with this text, for set-ups without a person; at least 32 characters. Without it one is made.',
    }),
    stale_rights: duration({
      default: '10m',
      says: 'While PostgreSQL is lost, rights that were known before stay valid for this long.',
    }),
    local: group('Sign-in with a password that this registry keeps.', {
      enabled: flag({ default: true, says: 'false leaves identity providers as the only way in for people.' }),
    }),
    sessions: group('Sessions of people who sign in with a browser.', {
      idle_timeout: duration({ default: '12h', says: 'A session that is not used for this long ends.' }),
      lifetime: duration({ default: '7d', says: 'A session ends after this time, used or not.' }),
    }),
    api_keys: group('API keys.', {
      enabled: flag({ default: true, says: 'false refuses every key: only public things can be read.' }),
      prefix: text({ default: 'tfr_', says: 'What new keys begin with, so that people and scanners recognise them.' }),
      max_age: duration({
        says: 'New and rotated keys live no longer than this, such as 90d. Unless set, they may live for ever.',
      }),
    }),
    oidc: group('Sign-in with an OpenID Connect provider.', {
      enabled: flag({ default: false, says: 'Switches it on.' }),
      display_name: text({ default: 'your identity provider', says: 'On the button: Sign in with …' }),
      issuer_url: text({ says: 'Issuer; its discovery document lies below it, at /.well-known/openid-configuration.' }),
      client_id: text({ says: 'Client id.' }),
      client_secret: text({ secret: true, says: 'Client secret. Without one this is a public client.' }),
      redirect_url: text({
        says: 'Where the provider sends people back to. Default: server.base_url and /auth/callback/oidc.',
      }),
      scopes: list({ default: ['openid', 'email', 'profile'], says: 'Scopes to ask for.' }),
      group_claim: text({ default: 'groups', says: 'The claim that lists the groups of a person.' }),
      group_mappings: groupMappings(),
    }),
    azure_ad: group('Sign-in with Microsoft Entra ID.', {
      enabled: flag({ default: false, says: 'Switches it on.' }),
      display_name: text({ default: 'Microsoft', says: 'On the button: Sign in with …' }),
      tenant_id: text({ says: 'The directory (tenant) ID; common, organizations and consumers are refused.' }),
      client_id: text({ says: 'The application (client) ID.' }),
      client_secret: text({ secret: true, says: 'Client secret.' }),
      redirect_url: text({
        says: 'Where Entra sends people back to. Default: server.base_url and /auth/callback/entra.',
      }),
      group_mappings: groupMappings(),
    }),
  }),

  multi_tenancy: group('One organization or many.', {
    enabled: flag({ default: false, says: 'true lets several organizations live in one registry.' }),
    default_organization: text({
      default: 'default',
      says: 'The organization that owns what is made without naming one; made at start when it is missing.',
    }),
    allow_public_signup: flag({
      default: false,
      says: 'Who signs in through a trusted issuer and is unknown becomes a viewer of the default organization.',
    }),
  }),

  catalogue: group('Public registries that are imported into the catalogue.', {
    import_folder: text({
      says: 'Folder whose folders may be imported through the API. Unless set, imports are started where the server runs.',
    }),
  }),

  audit: group('The audit trail.', {
    retention_days: integer({
      default: 0,
      min: 0,
      max: 36_500,
      says: 'Facts older than this many days are removed, which itself is a fact; 0 keeps them for ever, else 30 at least.',
    }),
  }),

  security: group('Protection.', {
    encryption_key: text({
      secret: true,
      says: 'The one secret of the registry, at least 32 characters; archive addresses are signed with a key made from it. Without it one is made in data_dir, which every server on the same database then needs.',
    }),
    cors: group('Browsers of other origins.', {
      allowed_origins: list({
        default: [],
        says: 'Origins whose scripts may call the API; "*" for any. Never with credentials.',
      }),
      allowed_methods: list({ default: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'], says: 'Methods they may use.' }),
    }),
    rate_limiting: group('How often one sender may come; counted by each server process for itself.', {
      enabled: flag({ default: true, says: 'false lifts every limit, also on guessing.' }),
      requests_per_minute: integer({
        default: 60,
        min: 1,
        max: 1_000_000,
        says: 'Requests of one address with a key that is not valid, a minute in the long run.',
      }),
      burst: integer({ default: 10, min: 1, max: 1_000_000, says: 'Such requests at once.' }),
      protocol: requestLimit('What terraform and tofu ask for.', { requests_per_minute: 20_000, burst: 10_000 }),
      api_read: requestLimit('What is looked up through the API.', { requests_per_minute: 1_200, burst: 600 }),
      api_write: requestLimit('What is published or changed.', { requests_per_minute: 300, burst: 300 }),
      sign_in: requestLimit('Attempts to sign in.', { requests_per_minute: 30, burst: 30 }),
    }),
    egress: group('Requests of the registry to other servers.', {
      allowlist: list({
        default: [],
        says: 'Hosts, addresses and CIDR blocks inside private networks that may be connected to; what the settings name as an issuer needs no entry.',
      }),
    }),
    tls: group('https without a proxy in front.', {
      enabled: flag({ default: false, says: 'Switches it on.' }),
      cert_file: text({ says: 'PEM file with the certificate and its chain.' }),
      key_file: text({ says: 'PEM file with the private key.' }),
    }),
  }),

  upstream: group('Other registries, as they are asked for the catalogue.', {
    registries: entries(
      {
        says: 'Where a registry is asked when that is not https and its own name: entries of hostname and address. They may lie in a private network.',
      },
      { hostname: z.string().min(1), address: z.string().min(1) },
    ),
    requests_per_second: integer({ default: 10, min: 1, max: 1000, says: 'Requests to one registry, a second.' }),
    concurrency: integer({ default: 4, min: 1, max: 64, says: 'Requests to one registry at once.' }),
    tries: integer({
      default: 5,
      min: 1,
      max: 20,
      says: 'How often a question is asked that fails; each wait is twice as long, or as long as the registry asks for.',
    }),
    refresh: flag({
      default: true,
      says: 'The server takes what has changed at registries that were imported over HTTP.',
    }),
    refresh_interval: duration({ default: '6h', says: 'How long after an import or a refresh the next one comes.' }),
    cache_max_age: duration({
      default: '168h',
      says: 'An answer that a registry has not given or confirmed for this long is thrown away.',
    }),
    cache_max_bytes: bytes({
      default: '1GiB',
      says: 'Room in the database for answers of registries; what was not used for longest goes first.',
    }),
  }),

  logging: group('What is written about each request and event.', {
    level: choice(['debug', 'info', 'warn', 'error'], { default: 'info', says: 'The least important lines to write.' }),
    format: choice(['json', 'text'], { default: 'json', says: 'On a terminal, text unless this is set.' }),
    output: text({ default: 'stdout', says: 'stdout, stderr, or a file.' }),
  }),

  telemetry: group('What can be watched from outside.', {
    enabled: flag({ default: true, says: 'false switches metrics off, whatever stands below.' }),
    service_name: text({ default: 'terraform-registry', says: 'The label `service` of every metric.' }),
    metrics: group('Prometheus.', {
      enabled: flag({ default: true, says: 'Serves /metrics on a port of its own.' }),
      prometheus_port: integer({
        default: 9090,
        min: 0,
        max: 65535,
        says: 'That port. When it is taken and was not set here, metrics are left out with a warning.',
      }),
    }),
    tracing: group('OpenTelemetry traces.', {
      enabled: flag({ default: false, says: 'Switches them on.' }),
      otlp_endpoint: text({ says: 'Where they are sent. jaeger_endpoint is another name for it.' }),
    }),
    profiling: group('CPU profiles.', {
      enabled: flag({ default: false, says: 'Switches them on.' }),
      port: integer({ default: 6060, min: 1, max: 65535, says: 'Port of the profiler.' }),
    }),
  }),

  publish: group('What may be published.', {
    semver_check: choice(['warn', 'block', 'off'], {
      default: 'warn',
      says: 'What happens when a module version changes more than its number says: warn publishes it with a warning, block refuses it, off publishes it and says nothing.',
    }),
    max_module_bytes: bytes({ default: '100MB', says: 'Size of a module archive as it is sent, at most.' }),
    max_provider_bytes: bytes({ default: '500MB', says: 'Size of one zip of a provider, at most.' }),
    max_waiting_bytes: bytes({
      default: '20GB',
      says: 'Size of all zips of one namespace that wait for their versions to be published, at most.',
    }),
  }),
})

/** Settings as they were written: what may be absent is absent. */
export type WrittenConfig = z.infer<typeof settings>

/** Settings as the registry uses them: paths absolute, places filled in. */
export type Config = WrittenConfig & { storage: { local: { base_path: string } } }
