/** How the public registry's API says what is known of a module. Pure. */
import type { Input, ModuleCall, ProviderRequirement } from '@cadastre/contract/module-knowledge'
import { moduleText } from '../../modules/module.ts'
import type { DescribedModule, listFolders } from './module-queries.ts'

type Folder = Awaited<ReturnType<typeof listFolders>>[number]

export const listedModule = (module: DescribedModule) => ({
  id: `${moduleText(module)}/${module.version}`,
  owner: module.owner,
  namespace: module.namespace,
  name: module.name,
  version: module.version,
  provider: module.system,
  description: module.description,
  source: module.source,
  published_at: module.publishedAt.toISOString(),
  downloads: module.downloads,
  verified: module.verified,
})

export function detailedModule(
  module: DescribedModule,
  { versions, systems }: { versions: string[]; systems: string[] },
  folders: Folder[],
) {
  const ofKind = (kind: Folder['kind']) => folders.filter((folder) => folder.kind === kind)
  return {
    ...listedModule(module),
    root: folderShape(ofKind('root')[0] ?? unreadRoot, module.name),
    submodules: ofKind('submodule').map((folder) => folderShape(folder)),
    examples: ofKind('example').map((folder) => folderShape(folder)),
    providers: systems,
    versions,
  }
}

const unreadRoot: Folder = {
  kind: 'root',
  path: '',
  readme: '',
  inputs: [],
  outputs: [],
  resources: [],
  requirements: { terraform: [], providers: [], moduleCalls: [] },
}

const folderShape = (
  { path, readme, inputs, outputs, resources, requirements }: Folder,
  name = path.split('/').at(-1)!,
) => ({
  path,
  name,
  readme,
  empty: [inputs, outputs, resources, requirements.moduleCalls].every(({ length }) => length === 0),
  inputs: inputs.map(inputShape),
  outputs: outputs.map((output) => ({ name: output.name, description: output.description })),
  dependencies: requirements.moduleCalls.map(dependencyShape),
  provider_dependencies: requirements.providers.map(providerShape),
  resources: resources
    .filter(({ mode }) => mode === 'managed')
    .map((resource) => ({ name: resource.name, type: resource.type })),
})

const inputShape = (input: Input) => ({
  name: input.name,
  type: input.type ?? '',
  description: input.description,
  default: input.required ? '' : defaultText(input),
  required: input.required,
})

/** What is no plain value is said as it is written. */
const defaultText = (input: Input): string =>
  (input.default === undefined ? undefined : JSON.stringify(input.default)) ?? input.defaultText ?? ''

const dependencyShape = ({ name, source, version }: ModuleCall) => ({
  name,
  source: source ?? '',
  version: version ?? '',
})

/** Without a source terraform takes the one of HashiCorp of that name. */
function providerShape({ name, source, version }: ProviderRequirement) {
  const address = source ?? `hashicorp/${name}`
  return { name, namespace: address.split('/').at(-2) ?? '', source: address, version: version ?? '' }
}
