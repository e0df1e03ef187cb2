/** Limits of whole files: raw Node, and nginx where it is installed. */
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Limit } from './measure.ts'
import { cores, firstLine, freePort, startOn, stop } from './processes.ts'

const rawServer = fileURLToPath(new URL('raw-file-server.mjs', import.meta.url))

export type Tls = { certificate: string; key: string }

/** Sends the file, and receives others into the folder. */
export async function startRawFiles(file: string, folder: string, tls?: Tls): Promise<Limit> {
  const args = [rawServer, file, folder, ...(tls ? [tls.certificate, tls.key] : [])]
  const child = startOn(cores.servers, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = Number(await firstLine(child))
  return { pid: child.pid!, port, child, stop: () => stop(child, 'SIGKILL') }
}

/** Over TLS; sends what lies beside the file. */
export async function startNginx(file: string, folder: string, tls: Tls): Promise<Limit> {
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const config = `
    daemon off; worker_processes 1; pid ${join(folder, 'nginx.pid')}; error_log stderr;
    events {}
    http {
      access_log off; sendfile on; tcp_nopush on;
      ${temporary.map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ')}
      server {
        listen 127.0.0.1:${port} ssl; root ${dirname(file)};
        ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};
      }
    }`
  const configFile = join(folder, 'nginx.conf')
  await writeFile(configFile, config)
  const child = startOn(cores.servers, ['-c', configFile], { stdio: ['ignore', 'ignore', 'inherit'] }, 'nginx')
  return { pid: child.pid!, port, child, stop: () => stop(child, 'SIGTERM') }
}
