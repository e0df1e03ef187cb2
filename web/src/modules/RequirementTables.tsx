/** Requirements by kind; what is known here is linked. */
import type { versionTemplate } from '@cadastre/contract/module-pages'
import { folderBelow, pageOfFolder } from '@cadastre/contract/module-places'
import type { Answer } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import styles from './Parts.module.css'
import type { Details } from './shown.ts'
import { WrittenIn } from './WrittenIn.tsx'

type Part = Answer<`${typeof versionTemplate}/requirements`>
type Written = { file: string; line: number }

type Props = { of: Part; base: string; folder: string; folders: Details['folders'] }

export function RequirementTables({ of, base, folder, folders }: Props) {
  const { pathname } = useAt()
  const { terraform, providers, moduleCalls } = of.requirements
  if (terraform.length + providers.length + moduleCalls.length === 0)
    return <EmptyState title="No requirements">It names no version, no provider and no other module.</EmptyState>
  const placeOf = (source: string) => {
    const called = folderBelow(folder, source)
    const own = folders.find(({ path }) => path === called)
    return own ? base + pageOfFolder(own) : placeInRegistry(source)
  }
  const where = {
    head: 'Written in',
    share: '1.5fr',
    cell: ({ file, line }: Written) => <WrittenIn part={{ file, line }} base={base} />,
  }
  return (
    <>
      {terraform.length > 0 && (
        <Table
          caption="Terraform and OpenTofu"
          showCaption
          rows={terraform}
          keyOf={({ file, line }) => `${file}:${line}`}
          idOf={(row) => `terraform-${terraform.indexOf(row) + 1}`}
          columns={[
            {
              head: 'Version',
              isName: true,
              share: '5.9fr',
              cell: (row) => (
                <Anchor to={`${pathname}#terraform-${terraform.indexOf(row) + 1}`} name={row.constraint} />
              ),
            },
            where,
          ]}
        />
      )}
      {providers.length > 0 && (
        <Table
          caption="Providers"
          showCaption
          rows={providers}
          keyOf={({ name }) => name}
          idOf={({ name }) => `provider-${name}`}
          columns={[
            {
              head: 'Name',
              isName: true,
              share: '1.2fr',
              cell: ({ name }) => <Anchor to={`${pathname}#provider-${name}`} name={name} />,
            },
            {
              head: 'Source',
              share: '2fr',
              cell: ({ source, name }) => (
                <Link
                  to={pageOf(of.providerPages, name) ?? `/search?kind=provider&q=${encodeURIComponent(source ?? name)}`}
                >
                  <code>{source ?? name}</code>
                </Link>
              ),
            },
            { head: 'Version', cell: ({ version }) => version && <code>{version}</code> },
            {
              head: 'Must be handed in',
              share: '1.7fr',
              cell: ({ configurationAliases }) =>
                configurationAliases.length > 0 && <code>{configurationAliases.join(', ')}</code>,
            },
            where,
          ]}
        />
      )}
      {moduleCalls.length > 0 && (
        <Table
          caption="Modules"
          showCaption
          rows={moduleCalls}
          keyOf={({ name, file, line }) => `${name} ${file}:${line}`}
          idOf={({ name }) => `module-${name}`}
          columns={[
            {
              head: 'Name',
              isName: true,
              share: '1.2fr',
              cell: ({ name }) => <Anchor to={`${pathname}#module-${name}`} name={name} />,
            },
            {
              head: 'Source',
              share: '3.7fr',
              cell: ({ source }) =>
                source === null ? 'an expression' : <Source of={source} place={placeOf(source)} />,
            },
            { head: 'Version', cell: ({ version }) => version && <code>{version}</code> },
            where,
          ]}
        />
      )}
    </>
  )
}

const Anchor = ({ to, name }: { to: string; name: string }) => (
  <Link to={to} className={styles.anchor}>
    <code>{name}</code>
  </Link>
)

const Source = ({ of: source, place }: { of: string; place: string | undefined }) =>
  place === undefined ? (
    <code>{source}</code>
  ) : (
    <Link to={place}>
      <code>{source}</code>
    </Link>
  )

/** @returns the page of a module that is called by its address in this registry */
function placeInRegistry(source: string): string | undefined {
  const [host, ...address] = source.split('//')[0]!.split('/')
  return host === pageData.host && address.length === 3 ? `/modules/${address.join('/')}` : undefined
}

/** A name such as `constructor` is one of every object. */
const pageOf = (pages: Record<string, string>, name: string) => (Object.hasOwn(pages, name) ? pages[name] : undefined)
