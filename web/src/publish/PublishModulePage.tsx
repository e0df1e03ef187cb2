/** Publishing a module by hand: choose what, say where, send; beside it the same as a command. */
import { named, secretsWarning } from '@cadastre/contract/module-files'
import type { ModuleVersion } from '@cadastre/contract/modules'
import { useState } from 'react'
import { forget } from '../api.ts'
import { useAt } from '../at.ts'
import { saysTooLittle } from '../measured.ts'
import { cadastre, cadastreLogin } from '../shell/ClientSignIn.tsx'
import { Banner } from '../ui/Banner.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { TextField } from '../ui/Field.tsx'
import { FileDrop } from '../ui/FileDrop.tsx'
import { Form } from '../ui/Form.tsx'
import { Link } from '../ui/Link.tsx'
import sheet from '../ui/Sheet.module.css'
import { sizeInWords } from '../ui/size.ts'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { useKeptFields } from './kept-fields.ts'
import { LookingThrough } from './LookingThrough.tsx'
import { NamespaceField } from './NamespaceField.tsx'
import styles from './Publish.module.css'
import { PublishKinds } from './PublishKinds.tsx'
import { type Picked, proposedFrom } from './picked-files.ts'
import { publishModuleCommand } from './publish-commands.ts'
import { SourceField, sourceIn } from './SourceField.tsx'
import { send } from './send.ts'
import { gzipped, tarOf } from './tar.ts'
import { usePicked } from './use-picked.ts'

const empty = { namespace: '', name: '', system: '', version: '', source: '' }

type Done = {
  outcome: 'published' | 'already-published'
  version: Pick<ModuleVersion, 'address' | 'version' | 'measuredStep' | 'measuredFrom'>
  warnings: string[]
}

export function PublishModulePage() {
  const namespace = useAt().search.get('namespace')
  const kept = useKeptFields('module', empty, namespace ? { namespace } : {})
  const { picked, looking, choose, drop, giveUp } = usePicked(propose)
  const [share, setShare] = useState<number>()
  const [done, setDone] = useState<Done>()
  const command = publishModuleCommand(cadastre, kept.values)
  const secrets = picked?.kind === 'folder' ? secretsWarning(picked.files.map(({ path }) => path)) : undefined

  function propose({ name }: Picked) {
    const proposed = proposedFrom(name.replace(/\.(tar\.gz|tgz|zip)$/, ''))
    kept.set(Object.fromEntries(Object.entries(proposed).filter(([, value]) => value)))
  }

  async function publish(fields: FormData) {
    if (!picked || picked.kind === 'unusable') return
    const [namespace, name, system, version] = ['namespace', 'name', 'system', 'version'].map((field) =>
      encodeURIComponent(String(fields.get(field)).trim()),
    )
    setShare(0)
    try {
      const body = picked.kind === 'archive' ? picked.file : await gzipped(tarOf(picked.files))
      const answer = await send<Done>(
        `/api/v1/modules/${namespace}/${name}/${system}/${version}?${new URLSearchParams(sourceIn(fields))}`,
        body,
        setShare,
      )
      await forget('/api/v1/')
      kept.forget()
      setDone(answer)
    } finally {
      setShare(undefined)
    }
  }

  if (done) return <Published done={done} again={() => setDone(undefined)} />
  return (
    <>
      <TitleBlock address="Publish a module" isCode={false} />
      <div className={sheet.sheet}>
        <PublishKinds current="module" />
        <ol className={styles.steps}>
          <li id="choose">
            <h2>Choose the module</h2>
            <FileDrop label="Folder" isFolder onChoose={choose} onDrop={drop}>
              Drop a folder or an archive here, or choose a folder. State, what git and terraform keep for themselves,
              and what .terraformignore names stay out.
            </FileDrop>
            <FileDrop label="Or an archive" accept=".tar.gz,.tgz,.zip" onChoose={choose} onDrop={drop}>
              A .tar.gz, .tgz or .zip.
            </FileDrop>
            {looking && <LookingThrough at={looking} giveUp={giveUp} />}
            {picked?.kind === 'unusable' ? (
              <Banner tone="attention" title={picked.wrong} />
            ) : (
              picked && <p role="status">{inWords(picked)}</p>
            )}
            {secrets && <Banner tone="attention" title={secrets} />}
          </li>
          <li id="where">
            <h2>Say where</h2>
            <Form action="Publish" onSubmit={publish}>
              <NamespaceField scope="modules:write" {...kept.field('namespace')} />
              <TextField label="Name" name="name" required autoComplete="off" {...kept.field('name')} />
              <TextField
                label="System"
                name="system"
                required
                pattern="[a-z0-9]+"
                {...kept.field('system')}
                autoComplete="off"
                hint="What it is for, such as aws or azurerm: lower-case letters and digits."
              />
              <TextField
                label="Version"
                name="version"
                required
                placeholder="1.0.0"
                autoComplete="off"
                {...kept.field('version')}
              />
              <SourceField {...kept.field('source')} />
              {(!picked || picked.kind === 'unusable') && (
                <Banner tone="info" title="Choose a folder or an archive first." />
              )}
              {share !== undefined && <progress aria-label="Sent" max={1} value={share} className={styles.progress} />}
            </Form>
          </li>
        </ol>
        <aside className={sheet.rail} aria-label="The same as a command">
          <h2 className={styles.side}>Command line</h2>
          <CommandStrip text={cadastreLogin} what="the command to sign in" />
          {command && <CommandStrip text={command} what="the command to publish" />}
        </aside>
      </div>
    </>
  )
}

function inWords(picked: Exclude<Picked, { kind: 'unusable' }>): string {
  if (picked.kind === 'archive') return `${picked.name}, ${sizeInWords(picked.file.size)}`
  const bytes = picked.files.reduce((sum, { content }) => sum + content.size, 0)
  const left = picked.leftOut.length > 0 ? ` Left out: ${named(picked.leftOut)}.` : ''
  return `${picked.name}: ${picked.files.length} files, ${sizeInWords(bytes)}.${left}`
}

type PublishedProps = { done: Done; again: () => void }

const Published = ({ done: { outcome, version: published, warnings }, again }: PublishedProps) => {
  const { address, version, measuredFrom } = published
  return (
    <>
      <TitleBlock address={`${address} ${version}`} />
      <div className={styles.done}>
        <Banner
          tone="good"
          title={outcome === 'published' ? 'Published' : 'Already published, with the same content'}
        />
        {warnings.map((warning) => (
          <Banner key={warning} tone="attention" title={warning} />
        ))}
        {saysTooLittle(published) && (
          <Link to={`/modules/${address}/compare/${measuredFrom}...${version}`}>
            {`What changed from ${measuredFrom} to ${version}`}
          </Link>
        )}
        <ButtonLink look="primary" to={`/modules/${address}/${version}`}>
          See its page
        </ButtonLink>
        <button type="button" className={styles.again} onClick={again}>
          Publish another version
        </button>
      </div>
    </>
  )
}
