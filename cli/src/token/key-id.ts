/** Ids of API keys, as people write them. Pure. */
import { usage } from '../exit.ts'

/** @throws usage when it is no id */
export function keyId(text: string): string {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text
  throw usage(`${JSON.stringify(text)} is not the id of a key.`, 'cadastre token list shows the ids.')
}
