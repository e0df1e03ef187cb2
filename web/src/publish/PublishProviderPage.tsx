/** Publishing a provider by hand: the key first, then what GoReleaser made, file by file; what has arrived is not sent again. */
import { providerBlock } from '@cadastre/contract/provider-block'
import { useState } from 'react'
import { forget } from '../api.ts'
import { useAt } from '../at.ts'
import { AddKey } from '../namespaces/AddKey.tsx'
import { type Problem, pageData } from '../page-data.ts'
import { cadastre } from '../shell/ClientSignIn.tsx'
import { problemIn } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { FileDrop } from '../ui/FileDrop.tsx'
import { Form } from '../ui/Form.tsx'
import sheet from '../ui/Sheet.module.css'
import { sizeInWords } from '../ui/size.ts'
import { Table } from '../ui/Table.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { useKeptFields } from './kept-fields.ts'
import { NamespaceField } from './NamespaceField.tsx'
import styles from './Publish.module.css'
import { PublishKinds } from './PublishKinds.tsx'
import { droppedFiles, type Picked, pickedFiles } from './picked-files.ts'
import { addKeyCommand, publishProviderCommand } from './publish-commands.ts'
import { type Release, releaseIn } from './release.ts'
import { SourceField, sourceIn } from './SourceField.tsx'
import { type PublishedRelease, refuse, type Sent, sendRelease } from './send-release.ts'

export function PublishProviderPage() {
  const given = useAt().search.get('namespace')
  const kept = useKeptFields('provider', { namespace: '', source: '' }, given ? { namespace: given } : {})
  const namespace = kept.values.namespace.trim()
  const [release, setRelease] = useState<Release>()
  const [wrong, setWrong] = useState<Problem>()
  const [sent, setSent] = useState<Record<string, Sent>>({})
  const [done, setDone] = useState<PublishedRelease>()

  async function choose(picked: Picked | undefined) {
    setRelease(undefined)
    setSent({})
    setWrong(undefined)
    if (!picked) return
    try {
      if (picked.kind === 'unusable') throw refuse('ignore-file-unusable', picked.wrong, '')
      const found = picked.kind === 'folder' ? await releaseIn(picked.files, refuse) : undefined
      setRelease(found)
      if (!found) setWrong(noRelease)
    } catch (error) {
      setWrong(problemIn(error as Error))
    }
  }

  async function publish(fields: FormData) {
    if (!release) return
    const note = (name: string, how: Sent) => setSent((before) => ({ ...before, [name]: how }))
    const published = await sendRelease(release, namespace, sourceIn(fields), note)
    await forget('/api/v1/')
    kept.forget()
    setDone(published)
  }

  if (done) return <Published done={done} />
  return (
    <>
      <TitleBlock address="Publish a provider" isCode={false} />
      <div className={sheet.sheet}>
        <PublishKinds current="provider" />
        <ol className={styles.steps}>
          <li id="namespace">
            <h2>Name the namespace and its key</h2>
            <NamespaceField
              scope="providers:write"
              {...kept.field('namespace')}
              hint="A provider goes live only when a key of its namespace signed it."
            />
            <AddKey namespace={namespace} />
          </li>
          <li id="choose">
            <h2>Choose the release</h2>
            <FileDrop
              label="Folder that GoReleaser made"
              isFolder
              onChoose={(files) => void pickedFiles(files).then(choose)}
              onDrop={(items) => void droppedFiles(items).then(choose)}
            >
              Usually <code>dist</code>: zips, SHA256SUMS and its signature. Other files are left where they are.
            </FileDrop>
            {wrong && (
              <Banner tone="attention" title={wrong.detail}>
                {wrong.hint && <p>{wrong.hint}</p>}
              </Banner>
            )}
            {release && <ReleaseFiles release={release} sent={sent} />}
          </li>
          <li id="publish">
            <h2>Publish</h2>
            <p>
              The signature is checked against the keys before the zips are sent, every zip against SHA256SUMS; then all
              goes live at once.
            </p>
            {release && namespace ? (
              <Form action="Publish" onSubmit={publish}>
                <SourceField {...kept.field('source')} />
              </Form>
            ) : (
              <Banner tone="info" title="Name the namespace and choose the release first." />
            )}
          </li>
        </ol>
        <Commands namespace={namespace} />
      </div>
    </>
  )
}

const noRelease: Problem = {
  code: 'shasums-missing',
  title: 'Refused content',
  status: 422,
  detail: 'This folder has no file that ends in _SHA256SUMS beside its zips: choose the dist folder of a release.',
}

const ReleaseFiles = ({ release, sent }: { release: Release; sent: Record<string, Sent> }) => (
  <Table
    caption={`${release.type} ${release.version}`}
    showCaption
    rows={[...release.small, ...release.zips]}
    keyOf={({ name }) => name}
    columns={[
      { head: 'File', isName: true, cell: ({ name }) => <code>{name}</code> },
      { head: 'Size', isNumber: true, cell: ({ content }) => sizeInWords(content.size) },
      { head: 'State', cell: ({ name }) => inWords(sent[name]) },
    ]}
  />
)

function inWords(sent: Sent | undefined): string {
  if (sent === undefined) return 'waiting'
  return sent === 'there' ? sent : `sending, ${Math.floor(sent * 100)}%`
}

const Commands = ({ namespace }: { namespace: string }) => {
  const [key, publish] = [addKeyCommand(cadastre, namespace), publishProviderCommand(cadastre, namespace)]
  return (
    <aside className={sheet.rail} aria-label="The same as a command">
      <h2 className={styles.side}>Command line</h2>
      {key && <CommandStrip text={key} what="the command to add a key" />}
      {publish && <CommandStrip text={publish} what="the command to publish" />}
    </aside>
  )
}

const Published = ({ done: { address, version, warnings } }: { done: PublishedRelease }) => {
  return (
    <>
      <TitleBlock address={`${address} ${version}`} />
      <div className={styles.done}>
        <Banner tone="good" title="Published" />
        {warnings.map((warning) => (
          <Banner key={warning} tone="attention" title={warning} />
        ))}
        <CommandStrip text={providerBlock(pageData.host, address, version)} isHcl what="the usage block" />
        <ButtonLink look="primary" to={`/providers/${address}/${version}`}>
          See its page
        </ButtonLink>
      </div>
    </>
  )
}
