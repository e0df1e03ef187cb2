/** GnuPG with a home of its own, on machines that have it: keys and signatures that openpgp.js did not make. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const hasGpg = spawnSync('gpg', ['--version']).status === 0

export type Gpg = {
  home: string
  /** @returns what it prints */
  run(args: string[], input?: string | Buffer): Buffer
  /** @returns the fingerprint */
  makeKey(userId: string, algorithm: string, usage: string, more?: string[]): string
  /** Armoured, with subkeys and the newest self-signatures alone. */
  publicKey(fingerprint: string): string
  sign(content: Buffer, fingerprint: string, ...more: string[]): Buffer
  revoke(fingerprint: string): void
  /** Its first subkey. */
  revokeSubkey(fingerprint: string): void
  stop(): void
}

export function startGpg(): Gpg {
  // Its agent listens on a socket in this folder, whose path may not be long.
  const home = mkdtempSync('/tmp/gpg-')
  const env = { ...process.env, GNUPGHOME: home }
  const run = (args: string[], input: string | Buffer = '') =>
    execFileSync(
      'gpg',
      ['--batch', '--quiet', '--no-tty', '--pinentry-mode', 'loopback', '--passphrase', '', ...args],
      {
        env,
        input,
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    )
  return {
    home,
    run,
    makeKey(userId, algorithm, usage, more = []) {
      run([...more, '--quick-generate-key', userId, algorithm, usage, 'never'])
      const listed = run(['--with-colons', '--list-keys', userId]).toString()
      return /^fpr:+([0-9A-F]{40}):/m.exec(listed)![1]!
    },
    publicKey: (fingerprint) =>
      run(['--armor', '--export-options', 'export-minimal', '--export', fingerprint]).toString(),
    sign: (content, fingerprint, ...more) => run(['--local-user', fingerprint, ...more, '--detach-sign'], content),
    revoke(fingerprint) {
      const prepared = readFileSync(join(home, 'openpgp-revocs.d', `${fingerprint}.rev`), 'utf8')
      const certificate = join(home, 'revocation')
      // It is made with a colon before its first line, so that nobody uses it by mistake.
      writeFileSync(certificate, prepared.replace(/^:/m, ''))
      run(['--import', certificate])
    },
    revokeSubkey(fingerprint) {
      const answers = ['key 1', 'revkey', 'y', '0', '', 'y', 'save', ''].join('\n')
      run(['--no-batch', '--command-fd', '0', '--edit-key', fingerprint], answers)
    },
    stop() {
      spawnSync('gpgconf', ['--kill', 'all'], { env })
      rmSync(home, { recursive: true, force: true })
    },
  }
}
