/** The table of contents: every command, in the order of the help. */
import { Command } from 'commander'
import { addAudit } from './admin/audit.ts'
import { addCatalogueList } from './admin/catalogue/list.ts'
import { addCatalogueUpdate } from './admin/catalogue/update.ts'
import { addIdentityProvidersCreate } from './admin/identity-providers/create.ts'
import { addIdentityProvidersDelete } from './admin/identity-providers/delete.ts'
import { addIdentityProvidersList } from './admin/identity-providers/list.ts'
import { addIdentityProvidersShow } from './admin/identity-providers/show.ts'
import { addIdentityProvidersTest } from './admin/identity-providers/test.ts'
import { addIdentityProvidersUpdate } from './admin/identity-providers/update.ts'
import { addMembersList } from './admin/members/list.ts'
import { addOrganizationsCreate } from './admin/organizations/create.ts'
import { addOrganizationsDelete } from './admin/organizations/delete.ts'
import { addOrganizationsList } from './admin/organizations/list.ts'
import { addOrganizationsUpdate } from './admin/organizations/update.ts'
import { addRolesList } from './admin/roles/list.ts'
import { addRolesSet } from './admin/roles/set.ts'
import { addStorageMigrate } from './admin/storage/migrate.ts'
import { addStorageTest } from './admin/storage/test.ts'
import { addUsersCreate } from './admin/users/create.ts'
import { addUsersDelete } from './admin/users/delete.ts'
import { addUsersDisable, addUsersEnable } from './admin/users/disable.ts'
import { addUsersList } from './admin/users/list.ts'
import { addUsersSetPassword } from './admin/users/set-password.ts'
import { addUsersShow } from './admin/users/show.ts'
import { addUsersUnlink } from './admin/users/unlink.ts'
import { addCompletion } from './completion.ts'
import { addDiff } from './diff.ts'
import { addDoctor } from './doctor.ts'
import { addGlobalFlags } from './global-flags.ts'
import { examples, reference } from './help.ts'
import { addKeyAdd } from './key/add.ts'
import { addKeyList } from './key/list.ts'
import { addKeyRemove } from './key/remove.ts'
import { addLock } from './lock.ts'
import { addLogin } from './login.ts'
import { addLogout } from './logout.ts'
import { addMirrorConfig } from './mirror/config.ts'
import { addMirrorHost } from './mirror/host.ts'
import { addModuleDelete } from './module/delete.ts'
import { addModuleList } from './module/list.ts'
import { addModuleRestore } from './module/restore.ts'
import { addModuleVersions } from './module/versions.ts'
import { addNamespaceCreate } from './namespace/create.ts'
import { addNamespaceList } from './namespace/list.ts'
import { addNamespaceTransfer } from './namespace/transfer.ts'
import { addNamespaceUpdate } from './namespace/update.ts'
import { addProviderDelete } from './provider/delete.ts'
import { addProviderDeprecate } from './provider/deprecate.ts'
import { addProviderList } from './provider/list.ts'
import { addProviderPlatforms } from './provider/platforms.ts'
import { addProviderRestore } from './provider/restore.ts'
import { addProviderVersions } from './provider/versions.ts'
import { addPublishModule } from './publish/module.ts'
import { addPublishProvider } from './publish/provider.ts'
import { addRegistrySearch } from './registry/search.ts'
import { addSearch } from './search.ts'
import { registryCommands, serverCommands } from './server-program.ts'
import { addShow } from './show.ts'
import { addSignProvider } from './sign/provider.ts'
import { addStatus } from './status.ts'
import { addTokenCreate } from './token/create.ts'
import { addTokenList } from './token/list.ts'
import { addTokenRevoke } from './token/revoke.ts'
import { addTokenRotate } from './token/rotate.ts'
import { addVersion } from './version.ts'
import { addWhoAmI } from './whoami.ts'

export function program(): Command {
  const cadastre = addGlobalFlags(new Command('cadastre'))
    .description('A private registry for Terraform and OpenTofu: publish, look up, administer, serve.')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('afterAll', `\nDocumentation: ${reference}`)
  examples(cadastre, [
    'cadastre                                   # where you stand, and what to do next',
    'cadastre publish module . --address acme/vpc/aws --version 1.0.0',
    'cadastre token create ci --scope modules:write --namespace acme --expires 90d',
  ])

  addStatus(cadastre)

  addShow(cadastre)
  addDiff(cadastre)
  addSearch(cadastre)

  const publish = cadastre.command('publish').description('Publish into the registry.')
  examples(publish, [
    'cadastre publish module . --address acme/vpc/aws --version 1.0.0',
    'cadastre publish provider ./dist --namespace acme',
  ])
  addPublishModule(publish)
  addPublishProvider(publish)

  const sign = cadastre.command('sign').description('Sign what is to be published.')
  examples(sign, ['cadastre sign provider dist --key release.asc'])
  addSignProvider(sign)

  const module = cadastre.command('module').description('Look up, delete and restore modules.')
  examples(module, ['cadastre module list --namespace acme', 'cadastre module versions acme/vpc/aws'])
  addModuleList(module)
  addModuleVersions(module)
  addModuleDelete(module)
  addModuleRestore(module)

  const provider = cadastre.command('provider').description('Look up, deprecate, delete and restore providers.')
  examples(provider, ['cadastre provider list --namespace acme', 'cadastre provider versions acme/greeter'])
  addProviderList(provider)
  addProviderVersions(provider)
  addProviderPlatforms(provider)
  addProviderDeprecate(provider)
  addProviderDelete(provider)
  addProviderRestore(provider)

  const key = cadastre.command('key').description('Say whose signatures a namespace accepts on providers.')
  examples(key, ['cadastre key add acme key.asc', 'cadastre key list acme'])
  addKeyAdd(key)
  addKeyList(key)
  addKeyRemove(key)

  addLock(cadastre)

  const mirror = cadastre.command('mirror').description('Lead terraform and tofu here, for what other addresses name.')
  examples(mirror, [
    'cadastre mirror config >> ~/.terraformrc',
    'cadastre mirror host registry.opentofu.org >> ~/.tofurc',
  ])
  addMirrorConfig(mirror)
  addMirrorHost(mirror)

  const registry = cadastre.command('registry').description('Search, and keep a catalogue of public registries.')
  examples(registry, ['cadastre registry search vpc --provider aws', 'cadastre registry import ./opentofu-registry'])
  addRegistrySearch(registry)
  for (const [name, description] of Object.entries(registryCommands)) addHandedOver(registry, name, description)

  const namespace = cadastre
    .command('namespace')
    .description('Claim namespaces, say who may read them, and hand them over.')
  examples(namespace, ['cadastre namespace create acme', 'cadastre namespace update acme --visibility public'])
  addNamespaceCreate(namespace)
  addNamespaceList(namespace)
  addNamespaceUpdate(namespace)
  addNamespaceTransfer(namespace)

  const token = cadastre.command('token').description('Make, list, rotate and revoke API keys.')
  examples(token, ['cadastre token create ci --scope modules:write --expires 90d', 'cadastre token list'])
  addTokenCreate(token)
  addTokenList(token)
  addTokenRotate(token)
  addTokenRevoke(token)

  addAdmin(cadastre)

  addLogin(cadastre)
  addLogout(cadastre)
  addWhoAmI(cadastre)
  addDoctor(cadastre)
  addVersion(cadastre)
  addCompletion(cadastre)
  addServerCommands(cadastre)
  return cadastre
}

function addAdmin(cadastre: Command): void {
  const admin = cadastre.command('admin').description('Look after the registry itself.')
  examples(admin, ['cadastre admin storage test'])
  const organizations = admin.command('organizations').description('Look after organizations.')
  examples(organizations, ['cadastre admin organizations list', 'cadastre admin organizations create payments'])
  addOrganizationsList(organizations)
  addOrganizationsCreate(organizations)
  addOrganizationsUpdate(organizations)
  addOrganizationsDelete(organizations)
  const users = admin.command('users').description('Look after people.')
  examples(users, ['cadastre admin users list', 'cadastre admin users create dev@acme.example --password'])
  addUsersList(users)
  addUsersCreate(users)
  addUsersShow(users)
  addUsersSetPassword(users)
  addUsersUnlink(users)
  addUsersDisable(users)
  addUsersEnable(users)
  addUsersDelete(users)
  const roles = admin.command('roles').description('Say what people may do.')
  examples(roles, ['cadastre admin roles set dev@acme.example --organization payments --role publisher'])
  addRolesList(roles)
  addRolesSet(roles)
  const members = admin.command('members').description('See who may do what in an organization, or on the platform.')
  examples(members, ['cadastre admin members list payments'])
  addMembersList(members)
  const providers = admin
    .command('identity-providers')
    .description('Say whose word about people counts: through whom they sign in.')
  examples(providers, ['cadastre admin identity-providers list', 'cadastre admin identity-providers test acme-sso'])
  addIdentityProvidersList(providers)
  addIdentityProvidersShow(providers)
  addIdentityProvidersCreate(providers)
  addIdentityProvidersUpdate(providers)
  addIdentityProvidersDelete(providers)
  addIdentityProvidersTest(providers)
  const catalogue = admin.command('catalogue').description('Say who may see the registries in the catalogue.')
  examples(catalogue, [
    'cadastre admin catalogue list',
    'cadastre admin catalogue update registry.opentofu.org --visibility public',
  ])
  addCatalogueList(catalogue)
  addCatalogueUpdate(catalogue)
  const storage = admin.command('storage').description('Look after the stores of the archives.')
  examples(storage, ['cadastre admin storage test', 'cadastre admin storage migrate --to s3'])
  addStorageTest(storage)
  addStorageMigrate(storage)
  addAudit(admin)
  const reset = addHandedOver(admin, 'reset', 'let a platform administrator in again (where the server runs)')
  examples(reset, ['cadastre admin reset'])
}

/** Here for the help and for completion; called, they are handed over before this program reads its flags. */
function addServerCommands(cadastre: Command): void {
  cadastre.commandsGroup('Where the server runs:')
  for (const [name, description] of Object.entries(serverCommands)) addHandedOver(cadastre, name, description)
}

function addHandedOver(parent: Command, name: string, description: string): Command {
  const words = parent.parent ? `${parent.name()} ${name}` : name
  return parent
    .command(name)
    .description(description)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => parent.error(`error: flags of '${words}' stand after it: cadastre ${words} …`))
}
