/** Somebody with a password, for tests that sign in. */
import { hashPassword } from '../src/foundation/passwords.ts'
import type { TestRegistry } from './registry.ts'

export const password = 'correct horse battery'
const hash = hashPassword(password)

/** @returns the id @param roles on the platform */
export async function givenUser(registry: TestRegistry, email: string, roles: string[] = []): Promise<string> {
  const [row] = await registry.sql<{ id: string }>(
    'insert into users (email, password_hash) values ($1, $2) returning id',
    [email, await hash],
  )
  for (const role of roles) {
    await registry.sql('insert into platform_members (user_id, role) values ($1, $2)', [row!.id, role])
  }
  return row!.id
}
