/** Every part of the interface in each of its states, to be looked at while building; development builds alone have it. */
import { type ReactNode, useState } from 'react'
import { ToldDownloads } from '../analytics/ToldDownloads.tsx'
import type { Told } from '../analytics/words.ts'
import { Refusal } from '../ui/Answered.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { CheckField, SelectField, TextArea, TextField } from '../ui/Field.tsx'
import { FileDrop } from '../ui/FileDrop.tsx'
import { FilterRow } from '../ui/FilterRow.tsx'
import { Form } from '../ui/Form.tsx'
import { Icon, iconNames } from '../ui/Icon.tsx'
import { Mark } from '../ui/Mark.tsx'
import { ParcelTile } from '../ui/ParcelTile.tsx'
import { SectionNav } from '../ui/SectionNav.tsx'
import { Select } from '../ui/Select.tsx'
import { SheetFrame } from '../ui/SheetFrame.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Sparkline } from '../ui/Sparkline.tsx'
import { TrustRow } from '../ui/Stamp.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { VersionSpine } from '../ui/VersionSpine.tsx'
import { VersionState } from '../ui/VersionState.tsx'
import styles from './KitPage.module.css'

const tones = ['good', 'attention', 'bad', 'info'] as const
const looks = ['primary', 'second', 'quiet', 'danger'] as const
const refused = { code: 'module-not-found', title: 'Not found', status: 404, detail: 'No module acme/vpc/aws.' }
const failed = { code: 'out-of-reach', title: 'Out of reach', status: 0, detail: 'No answer came.', requestId: '01J9' }

const versions = ['2.0.0', '1.2.1', '1.2.0', '1.1.0-rc1', '1.0.0'].map((version, index) => ({
  version,
  state: ['active', 'deprecated', 'revoked', 'active', 'deleted'][index]!,
}))

const weeks = Array.from({ length: 12 }, (_, week) =>
  new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 10),
)

/** One course for each factor, all of them different. */
function told(factors: number[], count = weeks.length): Told {
  const periods = weeks.slice(0, count)
  const series = factors.map((factor, index) => {
    const downloads = periods.map((_, week) => Math.round(factor * (1 + Math.abs(week - 2 * index))))
    return { name: `${factors.length - index}`, downloads, total: sum(downloads) }
  })
  const others = factors.length > 4 ? { count: 3, downloads: periods.map(() => 7), total: 7 * count } : null
  const all = [...series, ...(others ? [others] : [])]
  const downloads = periods.map((_, week) => sum(all.map((each) => each.downloads[week]!)))
  return {
    ...{ address: 'acme/vpc/aws', by: 'week', split: 'major', from: weeks[0]!, to: '2026-03-29' },
    ...{ periods, series, others, downloads, total: sum(downloads) },
    published: [
      { version: '2.0.0', publishedAt: '2026-01-20T00:00:00Z' },
      { version: '2.0.1', publishedAt: '2026-02-20T00:00:00Z' },
    ],
  }
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)

export function KitPage() {
  const [choice, setChoice] = useState<'one' | 'two'>('one')
  const [filter, setFilter] = useState('')
  const [checked, setChecked] = useState(['a'])
  const choices = { one: 'One', two: 'Two' } as const
  return (
    <div className={styles.kit}>
      <TitleBlock
        above={<Breadcrumb crumbs={[{ label: 'Development', to: '/' }, { label: 'Kit' }]} />}
        address="dev/kit"
        description="Every part, in every state."
        action={<Button look="primary">The one primary action</Button>}
        cells={[
          { label: 'Owner', value: 'platform' },
          { label: 'Date', value: <Time at="2026-01-01T00:00:00Z" both /> },
        ]}
      />
      <Part name="Mark, icons, tiles">
        <Mark size={32} />
        {iconNames.map((name) => (
          <Icon key={name} name={name} />
        ))}
        {['platform', 'acme', 'network', 'x'].map((name) => (
          <ParcelTile key={name} name={name} size={32} />
        ))}
      </Part>
      <Part name="Buttons">
        {looks.map((look) => (
          <Button key={look} look={look}>
            {look}
          </Button>
        ))}
        <Button busy>busy</Button>
        <Button disabled>disabled</Button>
        <Button small icon="plus">
          small
        </Button>
        <ButtonLink to="/dev/kit">link</ButtonLink>
      </Part>
      <Part name="States in words">
        <Badge>plain</Badge>
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Part>
      {tones.map((tone) => (
        <Banner key={tone} tone={tone} title={`A banner that is ${tone}`} action={<Button small>Act</Button>}>
          What is so, and what to do.
        </Banner>
      ))}
      <TrustRow
        stamps={[
          { label: 'Signature', words: 'verified', to: '/dev/kit' },
          { label: 'Scan', words: '2 findings', tone: 'attention' },
          { label: 'Checksums', words: 'do not match', tone: 'bad' },
        ]}
      />
      <Part name="Choices">
        <Choice label="Choice" options={choices} value={choice} onChange={setChoice} />
        <Select label="Select" options={choices} value={choice} onChange={setChoice} />
        <Disclosure summary="Disclosure" label="Disclosure">
          <p>What it holds.</p>
        </Disclosure>
      </Part>
      <FilterRow label="Filter" value={filter} onChange={setFilter} shown={3} total={10} />
      <Form action="Send" onSubmit={() => Promise.reject(new Error('It was refused, to show how that looks.'))}>
        <TextField label="Text" hint="What helps." />
        <TextField label="Wrong text" defaultValue="x" wrong="It must have three letters at least." />
        <TextArea label="Long text" />
        <SelectField label="One of a few">
          <option>One</option>
        </SelectField>
        <CheckField label="Several" options={{ a: 'First', b: 'Second' }} chosen={checked} onChange={setChecked} />
      </Form>
      <FileDrop label="Files" onChoose={() => {}} onDrop={() => {}}>
        Drop something here.
      </FileDrop>
      <CommandStrip text="cadastre publish module ." hint="y" />
      <CommandStrip text={`module "long" {\n  source = "${'registry.example.com/'.repeat(8)}"\n}`} isHcl />
      <SheetFrame title="The kit" path="/dev/kit">
        What stands on a sheet.
      </SheetFrame>
      <SectionNav
        label="Sections of the kit"
        sections={[
          { to: '/dev/kit', label: 'Current', count: 3, isCurrent: true },
          { to: '/dev/kit?2', label: 'Other', count: 12, isCurrent: false },
        ]}
      />
      <Table
        caption="A table of parts"
        showCaption
        rows={['cidr', 'name']}
        keyOf={(name) => name}
        columns={[
          { head: 'Name', isName: true, cell: (name) => <code>{name}</code> },
          { head: 'Number', isNumber: true, cell: () => 12 },
          { head: 'Description', isWide: true, cell: () => 'What it is for.' },
        ]}
      />
      <VersionSpine
        versions={versions}
        current="1.2.0"
        to={(version) => `/dev/kit?${version}`}
        state={(version) => <VersionState of={version} latest="2.0.0" />}
        columns={[
          { head: 'Published', cell: () => 'last week' },
          { head: 'Downloads', unit: 'downloads', cell: () => 12 },
        ]}
      />
      <Part name="Sparklines">
        <Sparkline numbers={[0, 3, 1, 4, 1, 5, 9, 2, 6]} words="31 in nine weeks" />
        <Sparkline numbers={[0, 0, 0, 0, 0, 0, 0, 0, 0]} words="none in nine weeks" />
        <Sparkline numbers={[2]} words="2 in one week" />
      </Part>
      {[told([3]), told([120, 60, 30, 15, 8]), told([3], 1), told([0])].map((each) => (
        <section key={each.total} aria-label={`Downloads, ${each.total} of them`}>
          <ToldDownloads told={each} />
        </section>
      ))}
      <EmptyState title="Nothing yet" command="cadastre publish module .">
        What fills it.
      </EmptyState>
      <Refusal problem={refused} what="module" />
      <Refusal problem={failed} what="inputs" retry={() => {}} />
      <Skeleton rows={4} />
    </div>
  )
}

const Part = ({ name, children }: { name: string; children: ReactNode }) => (
  <section aria-label={name} className={styles.part}>
    {children}
  </section>
)
