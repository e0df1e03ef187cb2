/** Neighbours on the machine, and above all those who share PostgreSQL's user: what they may not make root do. */
import { spawnSync } from 'node:child_process'
import { chmod, lchown, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { isRoot, removeTemporaryFolders, temporaryFolder, testUser } from '../../../test/embedded.ts'
import { findHome } from './embedded-folder.ts'
import { listenOnSocket } from './embedded-listening.ts'

const modeOf = async (path: string) => (await stat(path)).mode & 0o7777

describe.runIf(isRoot)('as root', () => {
  const user = testUser!
  let dataDir: string
  let elsewhere: string

  beforeEach(async () => {
    dataDir = join(await temporaryFolder(), 'data')
    elsewhere = join(await temporaryFolder(), 'elsewhere')
    await mkdir(elsewhere)
    await chmod(elsewhere, 0o755)
  })
  afterAll(removeTemporaryFolders)

  const home = () => findHome({ dataDir, user, log: () => undefined })

  test('the folder that our own log lies in belongs to us, and PostgreSQL writes into one below it', async () => {
    const { log } = await home()

    expect((await stat(join(dataDir, 'log'))).uid).toBe(0)
    expect((await stat(log)).uid).toBe(user.uid)
    expect(asUser(`ln -s ${elsewhere}/passwd ${join(dataDir, 'log')}/cadastre.log`)).not.toBe(0)
    expect(asUser(`touch ${log}/postgresql-Mon.log`)).toBe(0)
  })

  test('a closed umask does not close the logs to PostgreSQL', async () => {
    await mkdir(join(dataDir, 'log'), { recursive: true, mode: 0o700 })

    const { log } = await home()

    expect(asUser(`touch ${log}/postgresql-Mon.log`)).toBe(0)
  })

  test.each(['run', 'log'])(
    'a link in place of the folder %s is refused, and nothing behind it changes',
    async (name) => {
      const { folder, log } = await home()
      const place = name === 'run' ? join(folder, 'run') : log
      await rm(place, { recursive: true, force: true })
      await symlink(elsewhere, place)
      await lchown(place, user.uid, user.gid)

      const refused = await (name === 'run' ? listenOnSocket(folder, user) : home()).catch((error) => error)

      expect(refused).toMatchObject({ code: 'embedded-folder-link' })
      expect(refused.message).toContain(place)
      expect(await modeOf(elsewhere)).toBe(0o755)
      expect((await stat(elsewhere)).uid).toBe(0)
    },
  )

  test('a file in place of a folder is refused', async () => {
    const { folder } = await home()
    await writeFile(join(folder, 'run'), 'x')

    expect(await listenOnSocket(folder, user).catch((error) => error)).toMatchObject({ code: 'embedded-folder-link' })
    expect(await readFile(join(folder, 'run'), 'utf8')).toBe('x')
  })

  /** @returns the exit code of a shell that runs as PostgreSQL's user */
  function asUser(command: string): number | null {
    return spawnSync('/bin/sh', ['-c', command], { uid: user.uid, gid: user.gid, stdio: 'ignore', cwd: '/' }).status
  }
})
