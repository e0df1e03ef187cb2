/** A new password, from the terminal or from stdin, never as an argument. */
import type { Call } from '../../call.ts'
import { usage } from '../../exit.ts'
import { askSecret, secretOnStdin } from '../../secret-input.ts'

/** @param email whose it is to be @throws Failure when nobody can be asked, or the two that were typed differ */
export async function newPassword(call: Call, email: string, fromStdin: boolean): Promise<string> {
  if (fromStdin) return secretOnStdin()
  const elsewhere = 'Give it with --password-stdin; nobody can be asked here.'
  const typed = await askSecret(call, `The password of ${email}, of 12 characters at least.`, 'Password', elsewhere)
  const again = await askSecret(call, 'The same once more.', 'Password', elsewhere)
  if (typed !== again) throw usage('The two are not the same.', 'Nothing was changed; try again.')
  return typed
}
