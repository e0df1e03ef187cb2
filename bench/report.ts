/** The table as Markdown, every round as JSON, and what the run says as an exit code. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { clientName } from './client.ts'
import type { Report, Row } from './measure.ts'
import { canPin, versionOf } from './processes.ts'
import { caseName } from './registry.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const columns = ['goal', 'case', 'bytes', 'limit', 'case costs', 'ratio (min–max)', 'wanted', 'verdict']

export type FullReport = Report & { head(): void; write(): void; exitCode(): number }

export function makeReport(): FullReport {
  const startedAt = new Date()
  const machine = machineOf()
  const report: FullReport = {
    busy: { cpu: false, time: false },
    rows: [],
    add(row) {
      report.rows.push(row)
      print(lineOf(row))
    },
    note: (line) => void process.stderr.write(`${line}\n`),
    head() {
      print(
        `${startedAt.toISOString().slice(0, 10)}, ${machine.cores}-core ${machine.arch} (${machine.cpu}), load ${machine.load}`,
      )
      print(`commit ${machine.commit}, Node ${process.versions.node}, Terraform: ${machine.terraform}`)
      print(`case: ${caseName}`)
      print(`limit: raw node:http, a prebuilt buffer of the same number of bytes`)
      print(
        `client: ${clientName}; 2 × 16 connections; ${canPin ? 'servers on core 0, clients on core 1' : 'not pinned'}\n`,
      )
      print(`| ${columns.join(' | ')} |`)
      print(`|${columns.map(() => '---').join('|')}|`)
    },
    write() {
      const results = {
        startedAt,
        machine,
        client: clientName,
        loadAtEnd: loadavg(),
        busy: report.busy,
        rows: report.rows,
      }
      writeFileSync(`${root}bench/results.json`, `${JSON.stringify(results, undefined, 2)}\n`)
    },
    exitCode() {
      const verdicts = new Set(report.rows.map((row) => row.verdict))
      if (verdicts.has('missed')) return 1
      return verdicts.has('inconclusive') ? 2 : 0
    },
  }
  return report
}

function machineOf() {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  return {
    commit: commitOf(),
    version,
    node: process.versions.node,
    terraform: versionOf('terraform', 'version'),
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    arch: arch() === 'x64' ? 'x86-64' : arch(),
    load: loadavg()
      .map((each) => each.toFixed(2))
      .join(' '),
  }
}

function commitOf(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'server', 'contract') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`
  } catch {
    return 'unknown'
  }
}

function lineOf(row: Row): string {
  const ratio = row.ratio
    ? `${row.ratio.median.toFixed(2)} (${row.ratio.min.toFixed(2)}–${row.ratio.max.toFixed(2)})`
    : ''
  const cells = [row.goal, row.name, row.bytes, row.limit, row.measured, ratio, row.wanted, row.verdict]
  return `| ${cells.map((cell) => cell ?? '').join(' | ')} |`
}

const print = (line: string) => process.stdout.write(`${line}\n`)
