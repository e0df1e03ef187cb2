/** `cadastre key add`: has a namespace accept signatures of a key. */
import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { exit, Failure, unreadable, usage } from '../exit.ts'
import { examples } from '../help.ts'
import { inNamespace } from '../in-namespace.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import { keyLines, keyRow } from './signing-key.ts'

const maxBytes = 64 * 1024
const exportIt = 'Write what is to be added with: gpg --armor --export KEY > key.asc'

export function addKeyAdd(key: Command): void {
  const command = key
    .command('add')
    .description('Add a public key, whose signatures the namespace then accepts.')
    .argument('<namespace>', 'the namespace')
    .argument('<file>', 'the public key, as gpg --armor --export writes it; - reads stdin')
    .action(action(addKey))
  examples(command, [
    'cadastre key add acme key.asc',
    'gpg --armor --export releases@acme.example | cadastre key add acme -',
  ])
}

async function addKey(call: Call, namespace: string, file: string): Promise<Report> {
  const armored = publicKeyIn(await contentOf(file), file)
  const { api } = await call.registry()
  const path = '/api/v1/namespaces/{namespace}/signing-keys'
  const asked = api.POST(path, { params: { path: { namespace } }, body: { armored } })
  const added = await inNamespace(namespace, answered(asked))
  const { outcome, key, warnings } = added
  const line =
    outcome === 'added'
      ? `Added signing key ${key.keyId} to ${key.namespace}.`
      : `${key.namespace} has signing key ${key.keyId} already; what changed on it was brought along.`
  return {
    schema: 'cadastre.key.add.v1',
    data: { outcome, key },
    rows: [[...keyRow(key), outcome]],
    lines: [line, ...keyLines(key)],
    notes: call.face.terminal ? [] : [line],
    warnings,
    next: [
      { why: 'publish what it signed', run: `cadastre publish provider ./dist --namespace ${key.namespace}` },
      { why: 'see all keys', run: `cadastre key list ${key.namespace}` },
    ],
  }
}

async function contentOf(file: string): Promise<string> {
  if (file === '-') return (await buffer(process.stdin)).toString('latin1')
  try {
    return readFileSync(file, 'latin1')
  } catch (error) {
    throw usage(unreadable(file, error))
  }
}

/** A private key must not leave the machine, so what it is has to be known here. */
function publicKeyIn(content: string, file: string): string {
  const name = file === '-' ? 'What came on stdin' : file
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(content)) {
    throw new Failure(
      exit.content,
      'key-private',
      `${name} is a private key. Nothing of it was sent.`,
      `The registry needs the public one. ${exportIt}`,
    )
  }
  if (content.length > maxBytes) {
    throw new Failure(
      exit.content,
      'key-too-large',
      `${name} has more than ${maxBytes / 1024} KB.`,
      'Leave out pictures and what others signed: gpg --armor --export-options export-minimal --export KEY',
    )
  }
  if (content.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----')) return Buffer.from(content, 'latin1').toString()
  throw new Failure(exit.content, 'key-unreadable', `${name} holds no public key in armour.`, exportIt)
}
