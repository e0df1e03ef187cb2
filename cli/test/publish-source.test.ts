/** Where a published module or provider comes from, found in real checkouts, in pipelines, or said with flags. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeDist, makeSigningKey, writeDist } from '../../server/test/provider-dist.ts'
import { trustKey } from '../../server/test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Around, type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let token: string
let here: Desk

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await trustKey(registry.admin, 'acme', await makeSigningKey())
  token = await registry.given.key(['modules:write', 'providers:write'])
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: token })
})
afterEach(() => here.clear())

const git = (...args: string[]) => {
  const who = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com']
  const env = { PATH: process.env.PATH, HOME: here.home, GIT_CONFIG_NOSYSTEM: '1' }
  return execFileSync('git', [...who, ...args], { cwd: here.folder, encoding: 'utf8', env }).trim()
}

/** @returns the id of its one commit */
function checkout(files: Record<string, string>, remote = 'git@github.com:acme/infra.git'): string {
  git('init', '--quiet')
  git('remote', 'add', 'origin', remote)
  return commit(files)
}

function commit(files: Record<string, string>): string {
  here.write(files)
  git('add', '.')
  git('commit', '--quiet', '--message', 'Change it')
  return git('rev-parse', 'HEAD')
}

let names = 0
async function publishModule(path: string, more: string[] = [], around: Around = {}) {
  names += 1
  const address = `acme/module${names}/aws`
  const run = await here.run(
    ['publish', 'module', path, '--address', address, '--version', '1.0.0', '--json', ...more],
    around,
  )
  return { ...run, address, source: run.json?.data?.source }
}

const main = 'output "one" { value = 1 }\n'

describe('a module in a checkout', () => {
  test('comes from the remote, the commit and the folder, and everybody can see it', async () => {
    const head = checkout({ 'modules/vpc/main.tf': main, 'README.md': '' })

    const run = await here.run(['publish', 'module', 'modules/vpc', '--address', 'acme/seen/aws', '--version', '1.0.0'])
    const shown = await here.run(['show', 'acme/seen/aws'])

    expect(run).toMatchObject({ code: 0, err: expect.not.stringContaining('Warning') })
    expect(run.err).toContain(`Source: github.com/acme/infra//modules/vpc @ ${head.slice(0, 7)}\n`)
    expect(shown.out).toContain(`source\tgithub.com/acme/infra//modules/vpc @ ${head.slice(0, 7)}\n`)
    const { json } = await registry.anonymous.get('/api/v1/modules/acme/seen/aws/1.0.0')
    expect(json.source).toEqual({
      url: 'https://github.com/acme/infra',
      commit: head,
      folder: 'modules/vpc',
      page: `https://github.com/acme/infra/tree/${head}/modules/vpc`,
    })
  })

  test('at its root, without the credentials that stand in the remote', async () => {
    const head = checkout({ 'main.tf': main }, 'https://oauth2:s3cret@gitlab.example.com/acme/infra.git')

    const run = await publishModule('.')

    expect(run.source).toMatchObject({ url: 'https://gitlab.example.com/acme/infra', commit: head, folder: '' })
    expect(run.out + run.err).not.toContain('s3cret')
  })

  test('is not named by a remote that has a token in its path, and that is said without the token', async () => {
    checkout({ 'main.tf': main }, 'https://gitlab.example.com/oauth2:s3cret/acme/infra.git')

    const run = await publishModule('.')

    expect(run).toMatchObject({ code: 0, source: null })
    expect(run.json.warnings).toEqual([
      'The address of the remote origin must be without a user name, password or token: the source is not said. Name it with --source URL.',
    ])
    expect(run.out + run.err).not.toContain('s3cret')
  })

  test.each([
    ['changed', { 'vpc/main.tf': `${main}# changed\n` }],
    ['new', { 'vpc/new.tf': '' }],
  ])('with a %s file is published without its commit, and that is said', async (_what, files) => {
    checkout({ 'vpc/main.tf': main })
    here.write(files)

    const run = await publishModule('vpc')

    expect(run.code).toBe(0)
    expect(run.source).toMatchObject({ url: 'https://github.com/acme/infra', commit: null, folder: 'vpc' })
    expect(run.json.warnings).toEqual(['vpc has changes that are not committed: its source is said without a commit.'])
  })

  test('does not mind changes beside it, nor what git ignores', async () => {
    const head = checkout({ 'vpc/main.tf': main, 'other.txt': '', '.gitignore': '*.zip\n' })
    here.write({ 'other.txt': 'changed', 'new.txt': '', 'vpc/built.zip': 'x' })

    expect((await publishModule('vpc')).source.commit).toBe(head)
  })

  test.each<[string, () => unknown]>([
    ['that git does not know', () => checkout({ 'other/main.tf': main })],
    ['without a commit', () => git('init', '--quiet')],
    ['without a remote', () => [checkout({ 'vpc/main.tf': main }), git('remote', 'remove', 'origin')]],
    ['of a remote on this machine', () => checkout({ 'vpc/main.tf': main }, '/srv/git/infra.git')],
    ['of a remote on plain http', () => checkout({ 'vpc/main.tf': main }, 'http://git.example.com/infra')],
  ])('%s comes from nowhere, and is published', async (_which, given) => {
    given()
    here.write({ 'vpc/main.tf': main })

    const run = await publishModule('vpc')

    expect(run).toMatchObject({ code: 0, source: null })
    expect(run.json.warnings).toEqual([])
  })

  test('comes from nowhere where there is no git', async () => {
    checkout({ 'main.tf': main })

    expect(await publishModule('.', [], { env: { PATH: here.home } })).toMatchObject({ code: 0, source: null })
  })

  test('is the one that it lies in, whatever git was told of another', async () => {
    const head = checkout({ 'main.tf': main })
    const other = join(here.home, 'other')
    mkdirSync(other)
    execFileSync('git', ['init', '--quiet', other])

    const run = await publishModule('.', [], { env: { GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other } })

    expect(run.source.commit).toBe(head)
  })

  test('may be another worktree of the repository, or a submodule of it', async () => {
    const head = checkout({ 'vpc/main.tf': main })
    git('worktree', 'add', '--quiet', '--detach', '../worktree')
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', here.folder, 'parts')
    git('-C', 'parts', 'remote', 'set-url', 'origin', 'https://github.com/acme/parts')

    const worktree = await publishModule('../worktree/vpc')
    const submodule = await publishModule('parts/vpc')

    expect(worktree.source).toMatchObject({ url: 'https://github.com/acme/infra', commit: head, folder: 'vpc' })
    expect(submodule.source).toMatchObject({ url: 'https://github.com/acme/parts', commit: head, folder: 'vpc' })
  })

  test('an archive of it comes from nowhere: it may be of anything', async () => {
    checkout({ 'vpc/main.tf': main })
    execFileSync('tar', ['-czf', join(here.folder, 'vpc.tar.gz'), '-C', join(here.folder, 'vpc'), '.'])

    expect(await publishModule('vpc.tar.gz')).toMatchObject({ code: 0, source: null })
  })

  test('said to be tried is shown, and nothing is sent', async () => {
    const head = checkout({ 'main.tf': main })

    const run = await publishModule('.', ['--dry-run'])

    expect(run.source).toEqual({ url: 'https://github.com/acme/infra', commit: head, folder: '' })
    expect((await registry.anonymous.get(`/api/v1/modules/${run.address}`)).status).toBe(404)
  })

  test('published again from elsewhere keeps what was said first, and that is said', async () => {
    checkout({ 'main.tf': main })
    const again = ['publish', 'module', '.', '--address', 'acme/again/aws', '--version', '1.0.0']
    await here.run([...again, '--no-source'])

    const run = await here.run(again)

    expect(run).toMatchObject({ code: 0, err: expect.stringContaining('already published with the same content') })
    expect(run.err).toContain('It keeps the source that it was first published with: none.\n')
  })
})

describe('a checkout from somebody else', () => {
  test('runs nothing of its own: no monitor, hook, filter or helper', async () => {
    const trace = join(here.home, 'ran')
    const program = join(here.home, 'program')
    writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${trace}'\ncat\n`)
    chmodSync(program, 0o755)
    const attributes = 'main.tf filter=theirs diff=theirs\nlong.tf filter=long\n'
    checkout({ 'main.tf': main, 'long.tf': '', '.gitattributes': attributes })
    for (const [name, value] of Object.entries({
      'core.fsmonitor': program,
      'core.hooksPath': join(here.folder, '.git/hooks'),
      'core.pager': program,
      'core.sshCommand': program,
      'credential.helper': program,
      'diff.external': program,
      'diff.theirs.textconv': program,
      'filter.theirs.clean': `${program} clean`,
      'filter.theirs.required': 'true',
      'filter.long.process': `${program} process`,
      'alias.status': `!${program}`,
      'alias.rev-parse': `!${program}`,
    }))
      git('config', name, value)
    for (const hook of ['post-index-change', 'fsmonitor-watchman']) {
      here.write({ [`.git/hooks/${hook}`]: `#!/bin/sh\n'${program}' hook\n` })
      chmodSync(join(here.folder, '.git/hooks', hook), 0o755)
    }
    // So that git has to read them again.
    const touch = (seconds: number) => {
      for (const file of ['main.tf', 'long.tf'])
        utimesSync(join(here.folder, file), new Date(), new Date(seconds * 1000))
    }
    touch(1)
    spawnSync('git', ['status', '--porcelain'], { cwd: here.folder, stdio: 'ignore' })
    const ran = readFileSync(trace, 'utf8')
    for (const which of [' clean', ' process', ' hook', 'program 2']) expect(ran, 'the trap is set').toContain(which)
    rmSync(trace)
    touch(2)

    const run = await publishModule('.')

    expect(run).toMatchObject({ code: 0, source: { url: 'https://github.com/acme/infra' } })
    expect(existsSync(trace)).toBe(false)
  })

  test.each(['a=b', ''])('with a filter that is called "%s" is asked for no changes', async (name) => {
    const trace = join(here.home, 'ran')
    checkout({ 'main.tf': main, '.gitattributes': `*.tf filter=${name}\n` })
    const config = join(here.folder, '.git/config')
    writeFileSync(config, `${readFileSync(config)}[filter "${name}"]\n  clean = "touch '${trace}'; cat"\n`)
    const touch = (seconds: number) => utimesSync(join(here.folder, 'main.tf'), new Date(), new Date(seconds * 1000))
    touch(1)
    git('status', '--porcelain')
    expect(existsSync(trace), 'the trap is set').toBe(true)
    rmSync(trace)
    touch(2)

    const run = await publishModule('.')

    expect(run).toMatchObject({ code: 0, source: { commit: null } })
    expect(existsSync(trace)).toBe(false)
  })

  test('that gives commands to the filter that somebody has for Git LFS is asked for no changes', async () => {
    const trace = join(here.home, 'ran')
    checkout({ 'main.tf': main, '.gitattributes': '*.tf filter=lfs\n' })
    // As it does: what the checkout calls its extensions is run over each file.
    writeFileSync(
      join(here.home, '.gitconfig'),
      '[filter "lfs"]\n  clean = "sh -c \\"$(git config lfs.extension.theirs.clean); cat\\""\n',
    )
    git('config', 'lfs.extension.theirs.clean', `touch '${trace}'`)
    const touch = (seconds: number) => utimesSync(join(here.folder, 'main.tf'), new Date(), new Date(seconds * 1000))
    touch(1)
    git('status', '--porcelain')
    expect(existsSync(trace), 'the trap is set').toBe(true)
    rmSync(trace)
    touch(2)

    const run = await publishModule('.')

    expect(run).toMatchObject({ code: 0, source: { url: 'https://github.com/acme/infra', commit: null } })
    expect(existsSync(trace)).toBe(false)
  })

  const leadsToSecret: [string, (secret: string) => unknown][] = [
    ['a link', (secret) => symlinkSync(secret, join(here.folder, '.git'))],
    ['a file', (secret) => here.write({ '.git': `gitdir: ${secret}\n` })],
    [
      'a worktree that it made up',
      (secret) =>
        here.write({
          '.git': 'gitdir: vpc/theirs',
          'vpc/theirs/HEAD': readFileSync(join(secret, 'HEAD')),
          'vpc/theirs/gitdir': join(here.folder, '.git'),
          'vpc/theirs/commondir': secret,
        }),
    ],
    [
      'a folder that shares another one',
      (secret) => here.write({ '.git/HEAD': readFileSync(join(secret, 'HEAD')), '.git/commondir': secret }),
    ],
    [
      'a link to the settings',
      (secret) => {
        cpSync(secret, join(here.folder, '.git'), { recursive: true })
        rmSync(join(here.folder, '.git/config'))
        symlinkSync(join(secret, 'config'), join(here.folder, '.git/config'))
      },
    ],
    [
      'settings that include others',
      (secret) => {
        cpSync(secret, join(here.folder, '.git'), { recursive: true })
        here.write({ '.git/config': `[core]\nrepositoryformatversion = 0\n[include]\npath = ${secret}/config\n` })
      },
    ],
  ]

  test.each(leadsToSecret)(
    'that leads to another repository by %s does not give its address away',
    async (_by, lead) => {
      checkout({ 'vpc/main.tf': main }, 'https://github.com/acme/secret')
      const secret = join(here.home, 'secret.git')
      git('clone', '--quiet', '--bare', '.', secret)
      git('--git-dir', secret, 'config', 'core.bare', 'false')
      git('--git-dir', secret, 'config', 'remote.origin.url', 'https://github.com/acme/secret')
      rmSync(join(here.folder, '.git'), { recursive: true })
      lead(secret)
      expect(git('config', 'remote.origin.url'), 'the trap is set').toBe('https://github.com/acme/secret')

      const run = await publishModule('vpc')

      expect(run).toMatchObject({ code: 0, source: null })
      expect(run.out + run.err).not.toContain('acme/secret')
    },
  )

  const borrows: [string, (secret: string) => unknown][] = [
    ['refs and objects', (secret) => both(secret, 'refs', 'objects')],
    ['packed-refs and objects', (secret) => both(secret, 'packed-refs', 'objects')],
    ['refs/heads and parts of objects', (secret) => both(secret, 'refs/heads', ...objectsOf(secret))],
    [
      'objects that it borrows',
      (secret) => {
        both(secret, 'packed-refs')
        here.write({ '.git/objects/info/alternates': `${secret}/objects\n` })
      },
    ],
  ]
  const objectsOf = (secret: string) => readdirSync(join(secret, 'objects')).map((name) => `objects/${name}`)
  const both = (secret: string, ...names: string[]) => {
    for (const name of names) {
      rmSync(join(here.folder, '.git', name), { recursive: true, force: true })
      symlinkSync(join(secret, name), join(here.folder, '.git', name))
    }
  }

  test.each(borrows)('that has the commits of another by %s does not give them away', async (which, borrow) => {
    const head = checkout({ 'vpc/main.tf': main })
    const secret = join(here.home, 'secret.git')
    git('clone', '--quiet', '--bare', '.', secret)
    if (which.startsWith('refs'))
      writeFileSync(join(secret, 'refs/heads', git('branch', '--show-current')), `${head}\n`)
    rmSync(join(here.folder, '.git'), { recursive: true })
    git('init', '--quiet')
    git('remote', 'add', 'origin', 'https://github.com/acme/evil')
    borrow(secret)
    expect(git('rev-parse', 'HEAD', 'HEAD:./vpc'), 'the trap is set').toContain(head)

    const run = await publishModule('vpc')

    expect(run).toMatchObject({ code: 0, source: null })
    expect(run.out + run.err).not.toContain(head.slice(0, 7))
    expect(run.json.warnings).toEqual([
      expect.stringMatching(/(is a link|borrows from another repository): the source is not said\. Name it with/),
    ])
  })

  test('that leads elsewhere is published, with a word on how to name its source', async () => {
    checkout({ 'main.tf': main })
    git('init', '--quiet', '--separate-git-dir', '../elsewhere')

    const run = await publishModule('.')

    expect(run).toMatchObject({ code: 0, source: null })
    expect(run.json.warnings).toEqual([
      expect.stringMatching(
        /\.git leads to a repository that does not know of it: the source is not said\. Name it with --source URL\.$/,
      ),
    ])
  })

  test.each([
    ['.git', 'is neither a folder nor a file'],
    ['.git/HEAD', 'is no file'],
    // Found by git alone, which is given up on.
    ['.git/refs/heads/main', 'git did not answer within 10 seconds'],
  ])('with a pipe as %s holds nobody up', async (pipe, words) => {
    checkout({ 'vpc/main.tf': main })
    git('symbolic-ref', 'HEAD', 'refs/heads/main')
    rmSync(join(here.folder, pipe), { recursive: true, force: true })
    execFileSync('mkfifo', [join(here.folder, pipe)])

    const run = await publishModule('vpc')

    expect(run).toMatchObject({ code: 0, source: null })
    expect(run.json.warnings).toEqual([expect.stringContaining(`${words}: the source is not said.`)])
  })

  test('whose folder begins with a hyphen, or is called by control characters, is published', async () => {
    const head = checkout({ '--upload-pack=x/main.tf': main, 'be\u0007ll/main.tf': main })

    const hyphen = await publishModule('./--upload-pack=x')
    const bell = await publishModule('./be\u0007ll')

    expect(hyphen.source).toMatchObject({ commit: head, folder: '--upload-pack=x' })
    expect(bell).toMatchObject({ code: 0, source: null })
  })
})

describe('in a pipeline', () => {
  const pipeline = (sha: string) => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/of-pipeline',
    GITHUB_SHA: sha,
  })
  const sha = '3f2a91c07be5d2a1c6f0e4b7a8d9c3e2f1a0b4d5'

  test('its variables win over the remote, and the folder is that of the checkout', async () => {
    const head = checkout({ 'vpc/main.tf': main }, 'https://mirror.example.com/infra')

    const { source } = await publishModule('vpc', [], { env: pipeline(head) })

    expect(source).toMatchObject({ url: 'https://github.com/acme/of-pipeline', commit: head, folder: 'vpc' })
  })

  test('its variables are enough without a checkout', async () => {
    here.write({ 'main.tf': main })

    const { source } = await publishModule('.', [], { env: pipeline(sha) })

    expect(source).toMatchObject({ url: 'https://github.com/acme/of-pipeline', commit: sha, folder: '' })
  })

  test('what has checked out another commit is asked itself', async () => {
    const head = checkout({ 'main.tf': main })

    const { source } = await publishModule('.', [], { env: pipeline(sha) })

    expect(source).toMatchObject({ url: 'https://github.com/acme/infra', commit: head })
  })
})

describe('flags', () => {
  const sha = '3f2a91c07be5d2a1c6f0e4b7a8d9c3e2f1a0b4d5'

  test('say it all of another repository', async () => {
    checkout({ 'vpc/main.tf': main })

    const both = await publishModule('vpc', [
      '--source',
      'git@gitlab.com:acme/other.git',
      '--commit',
      sha.toUpperCase(),
    ])
    const alone = await publishModule('vpc', ['--source', 'https://me:s3cret@gitlab.com/acme/other'])

    expect(both.source).toMatchObject({ url: 'https://gitlab.com/acme/other', commit: sha, folder: '' })
    expect(alone.source).toMatchObject({ url: 'https://gitlab.com/acme/other', commit: null, folder: '' })
  })

  test('that name the repository which is there leave the rest to it', async () => {
    const head = checkout({ 'vpc/main.tf': main })

    const named = await publishModule('vpc', ['--source', 'https://github.com/acme/infra.git'])
    const committed = await publishModule('vpc', ['--commit', sha])

    expect(named.source).toMatchObject({ commit: head, folder: 'vpc' })
    expect(committed.source).toMatchObject({ url: 'https://github.com/acme/infra', commit: sha, folder: 'vpc' })
  })

  test('--no-source says nothing', async () => {
    checkout({ 'main.tf': main })

    expect(await publishModule('.', ['--no-source'])).toMatchObject({ code: 0, source: null })
  })

  test.each([
    [['--source', 'http://git.example.com/infra'], 'is no address of a repository on https'],
    [['--source', '/srv/git'], 'is no address of a repository on https'],
    [['--source', 'https:/me:s3cret@github.com/acme/infra'], '\\"https:/github.com/acme/infra\\" is no'],
    [['--source', 'me:s3cret@github.com:acme/infra'], '\\"github.com:acme/infra\\" is no'],
    [['--source', 'http://git.example.com/infra?token=s3cret'], '\\"http://git.example.com/infra\\" is no'],
    [['--source', 'ftp://me:#s3cret@git.example.com/infra'], 'is no address of a repository on https'],
    [['--source', 'https://me:s3cret@'], '--source must be without a user name, password or token.'],
    [
      ['--source', 'https://github.com/x-access-token:s3cret/acme/infra'],
      '--source must be without a user name, password or token.',
    ],
    [['--source', 'https://github.com/acme/infra', '--commit', 'main'], '\\"main\\" is no id of a commit.'],
    [['--commit', sha], 'A commit says nothing without its repository.'],
    [['--no-source', '--commit', sha], '--no-source and --commit exclude each other.'],
  ])('%j is a mistake of usage, and nothing is published', async (more, sentence) => {
    here.write({ 'main.tf': main })

    const run = await publishModule('.', more)

    expect(run.code).toBe(2)
    expect(run.out).toContain(sentence)
    expect(run.out).not.toContain('s3cret')
    expect((await registry.anonymous.get(`/api/v1/modules/${run.address}`)).status).toBe(404)
  })
})

describe('a provider', () => {
  const publish = (more: string[] = []) =>
    here.run(['publish', 'provider', 'dist', '--namespace', 'acme', '--json', ...more])

  async function release(type: string): Promise<string> {
    const head = checkout({ 'main.go': 'package main\n' }, `https://github.com/acme/terraform-provider-${type}`)
    await writeDist(await makeDist({ type, version: '1.2.0', platforms: ['linux_amd64'] }), join(here.folder, 'dist'))
    return head
  }

  test('comes from the checkout that its release lies in', async () => {
    const head = await release('seen')

    const run = await publish()

    expect(run.json).toMatchObject({ ok: true, warnings: [] })
    expect(run.json.data.codeSource).toMatchObject({
      url: 'https://github.com/acme/terraform-provider-seen',
      commit: head,
    })
    const { json } = await registry.anonymous.get('/api/v1/providers/acme/seen/1.2.0')
    expect(json.source).toEqual(run.json.data.codeSource)
  })

  test('comes from the commit that GoReleaser built, wherever the checkout is by now', async () => {
    const built = await release('built')
    here.write({ 'dist/metadata.json': JSON.stringify({ version: '1.2.0', commit: built }) })
    here.write({ '.gitignore': 'dist\n' })
    commit({ 'main.go': 'package main // later\n' })
    here.write({ 'main.go': 'package main // changed\n' })

    const run = await publish()

    expect(run.json.data.codeSource.commit).toBe(built)
    expect(run.json.warnings).toEqual([])
  })

  test('with changed files is published without its commit, and that is said', async () => {
    await release('changed')
    here.write({ 'main.go': 'package main // changed\n' })

    const run = await publish()

    expect(run.json).toMatchObject({ ok: true, data: { codeSource: { commit: null } } })
    expect(run.json.warnings).toEqual([expect.stringContaining('has changes that are not committed')])
  })

  test('takes flags, and says what it keeps when it is there already', async () => {
    await release('flags')

    const first = await publish(['--no-source'])
    const second = await here.run(['publish', 'provider', 'dist', '--namespace', 'acme'])

    expect(first.json.data.codeSource).toBeNull()
    expect(second.err).toContain('It keeps the source that it was first published with: none.\n')
  })
})
