/** What a command has to say, on stdout, a line at a time; other registries and their files may be called anything. */
import { inOneLine } from '../foundation/one-line.ts'

export const say = (line: string) => void process.stdout.write(`${inOneLine(line)}\n`)
