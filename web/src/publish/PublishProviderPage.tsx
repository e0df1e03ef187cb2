/** Publishing a provider by hand: the key first, then what GoReleaser made, file by file; what has arrived is not sent again. */
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, ask, changed, forget, Refused } from '../api.ts'
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
import { pinOf } from '../ui/pin.ts'
import sheet from '../ui/Sheet.module.css'
import { shellWord } from '../ui/shell-word.ts'
import { sizeInWords } from '../ui/size.ts'
import { Table } from '../ui/Table.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { NamespaceField } from './NamespaceField.tsx'
import styles from './Publish.module.css'
import { PublishKinds } from './PublishKinds.tsx'
import { droppedFiles, type Picked, pickedFiles } from './picked-files.ts'
import { type Refuse, type Release, refuseDiffering, releaseIn, sha256Of } from './release.ts'
import { SourceField, sourceIn } from './SourceField.tsx'
import { send } from './send.ts'

/** How much of each file has gone, from 0 to 1; `there` once the registry has it. */
type Sent = Record<string, number | 'there' | undefined>
type Path = { namespace: string; type: string; version: string }
type Done = { address: string; version: string; warnings: string[] }

const template = '/api/v1/providers/{namespace}/{type}/{version}/files'

export function PublishProviderPage() {
  const [namespace, setNamespace] = useState(useAt().search.get('namespace') ?? '')
  const [release, setRelease] = useState<Release>()
  const [wrong, setWrong] = useState<Problem>()
  const [sent, setSent] = useState<Sent>({})
  const [done, setDone] = useState<Done>()

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

  const note = (name: string, how: Sent[string]) => setSent((before) => ({ ...before, [name]: how }))

  async function publish(fields: FormData) {
    if (!release) return
    const path = { namespace, type: release.type, version: release.version }
    const goLive = async (mayWait: 'true' | 'false') => {
      const params = { path, query: { ...sourceIn(fields), mayWait } }
      const answer = await changed(api.POST('/api/v1/providers/{namespace}/{type}/{version}/publish', { params }))
      if (answer.outcome === 'waiting') return false
      const { version, warnings } = answer
      await forget('/api/v1/')
      setDone({ address: version.address, version: version.version, warnings })
      return true
    }

    await refuseDiffering(release, refuse)
    const there = await whatIsThere(path, release)
    for (const { name, content } of release.small) {
      const own = await sha256Of(content)
      await bring(path, name, content, own === undefined || there.get(name) !== own)
    }
    // The signature is judged before the zips are sent, and what lacks then is zips alone.
    if (await goLive('true')) return
    for (const { name, content, sha256 } of release.zips) await bring(path, name, content, there.get(name) !== sha256)
    await goLive('false')
  }

  async function bring(path: Path, name: string, content: Blob, isMissing: boolean): Promise<void> {
    if (isMissing) {
      note(name, 0)
      const url = `${question(template, { path }).url}/${encodeURIComponent(name)}`
      await send(url, content, (share) => note(name, share)).catch((error) => {
        note(name, undefined)
        throw error
      })
    }
    note(name, 'there')
  }

  if (done) return <Published done={done} />
  return (
    <>
      <TitleBlock address="Publish a provider" isCode={false} />
      <div className={sheet.sheet}>
        <PublishKinds current="provider" />
        <ol className={styles.steps}>
          <li>
            <h2>Name the namespace and its key</h2>
            <NamespaceField
              scope="providers:write"
              value={namespace}
              onChange={({ target }) => setNamespace(target.value.trim())}
              hint="A provider goes live only when a key of its namespace signed it."
            />
            <AddKey namespace={namespace} />
          </li>
          <li>
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
            {release && (
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
            )}
          </li>
          <li>
            <h2>Publish</h2>
            <p>
              The signature is checked against the keys before the zips are sent, every zip against SHA256SUMS; then all
              goes live at once.
            </p>
            {release && namespace ? (
              <Form action="Publish" onSubmit={publish}>
                <SourceField />
              </Form>
            ) : (
              <Banner tone="info" title="Name the namespace and choose the release first." />
            )}
          </li>
        </ol>
        <aside className={sheet.rail} aria-label="The same as a command">
          <h2 className={styles.side}>Command line</h2>
          <CommandStrip
            text={`${cadastre} key add ${namespace ? shellWord(namespace) : 'NAMESPACE'} key.asc`}
            what="the command to add a key"
          />
          <CommandStrip
            text={`${cadastre} publish provider ./dist --namespace ${namespace ? shellWord(namespace) : 'NAMESPACE'}`}
            what="the command to publish"
          />
        </aside>
      </div>
    </>
  )
}

const refuse: Refuse = (code, detail, hint) =>
  new Refused({ code, title: 'Refused content', status: 422, detail, hint })

const noRelease: Problem = {
  code: 'shasums-missing',
  title: 'Refused content',
  status: 422,
  detail: 'This folder has no file that ends in _SHA256SUMS beside its zips: choose the dist folder of a release.',
}

/**
 * What an earlier attempt has sent: the checksum of each file. What is none of this release, or has other bytes than it,
 * would stand in its way, and is taken back.
 */
async function whatIsThere(path: Path, { small, zips }: Release): Promise<Map<string, string>> {
  const { items } = await ask(question(template, { path })).catch(() => ({ items: [] }))
  const there = new Map<string, string>()
  for (const { filename, sha256 } of items) {
    const zip = zips.find(({ name }) => name === filename)
    if (zip ? zip.sha256 === sha256 : small.some(({ name }) => name === filename)) there.set(filename, sha256)
    else await changed(api.DELETE(`${template}/{filename}`, { params: { path: { ...path, filename } } }))
  }
  return there
}

function inWords(sent: Sent[string]): string {
  if (sent === undefined) return 'waiting'
  return sent === 'there' ? sent : `sending, ${Math.floor(sent * 100)}%`
}

const Published = ({ done: { address, version, warnings } }: { done: Done }) => {
  const type = address.split('/')[1] ?? ''
  const block = `terraform {
  required_providers {
    ${type} = {
      source  = "${pageData.host}/${address}"
      version = "${pinOf(version)}"
    }
  }
}`
  return (
    <>
      <TitleBlock address={`${address} ${version}`} />
      <div className={styles.done}>
        <Banner tone="good" title="Published" />
        {warnings.map((warning) => (
          <Banner key={warning} tone="attention" title={warning} />
        ))}
        <CommandStrip text={block} isHcl what="the usage block" />
        <ButtonLink look="primary" to={`/providers/${address}/${version}`}>
          See its page
        </ButtonLink>
      </div>
    </>
  )
}
