/** Requirements by kind; what is known here is linked. */
import type { versionTemplate } from '@cadastre/contract/module-pages'
import type { Answer } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import styles from './Parts.module.css'
import { WrittenIn } from './WrittenIn.tsx'

type Part = Answer<`${typeof versionTemplate}/requirements`>
type Written = { file: string; line: number }

export function RequirementTables({ of, base }: { of: Part; base: string }) {
  const { pathname } = useAt()
  const { terraform, providers, moduleCalls } = of.requirements
  if (terraform.length + providers.length + moduleCalls.length === 0)
    return <EmptyState title="No requirements">It names no version, no provider and no other module.</EmptyState>
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
                <Link to={of.providerPages[name] ?? `/search?kind=provider&q=${encodeURIComponent(source ?? name)}`}>
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
              cell: ({ source }) => (source === null ? 'an expression' : <code>{source}</code>),
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
