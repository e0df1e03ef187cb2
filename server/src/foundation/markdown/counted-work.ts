/**
 * Counts what a text costs while it is read, and gives up when that is too much. A paragraph is read in a time that grows
 * with the square of the marks in it: 30 KB of `*a_` take a minute.
 */
import type { gfm } from 'micromark-extension-gfm'
import { limits, TooMuch } from './limits.ts'

type Extension = ReturnType<typeof gfm>
type Construct = Exclude<NonNullable<Extension['text']>[string], unknown[] | undefined>
type State = ReturnType<Construct['tokenize']>

/** For one text: a construct that is tried at every mark, and never is what it sees. */
export function countedWork(length: number): Extension {
  let work = 0

  const mark: Construct = {
    previous: never,
    tokenize(_effects, _ok, nok) {
      return (code) => {
        // What was read of the paragraph is gone through again for every mark in it.
        work += this.events.length + 10
        if (work > limits.work) throw new TooMuch('marks')
        return nok(code)
      }
    },
  }
  /** `<!--` and `<?` are searched for their end wherever they stand. */
  const opening: Construct = {
    previous: never,
    tokenize(effects, _ok, nok) {
      const second: State = (code) => {
        if (code !== exclamation && code !== question) return nok(code)
        work += length / 2
        if (work > limits.work) throw new TooMuch('marks')
        return nok(code)
      }
      return (code) => {
        effects.enter('data')
        effects.consume(code)
        return second
      }
    },
  }
  const ofMarks = Object.fromEntries(marks.map((code) => [code, mark]))
  return { text: { ...ofMarks, [lessThan]: [mark, opening] } }
}

/** Alone these are no reason to try anything: what is tried in the middle of ``` would be read as another thing. */
const never = () => false

const marks = [...'!&*[\\]_`~@:wWhH'].map((character) => character.charCodeAt(0))
const lessThan = 60
const exclamation = 33
const question = 63
