/** A refusal: the answer to a caller who asks for something we will not or cannot do. Everything else thrown is a fault. */

export type Reason =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'too-many'
  | 'unavailable'

/** Reason → HTTP status; the one place where the two meet. `malformed` is a request that does not fit its schema. */
export const statusOf: Record<Reason, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  invalid: 422,
  'too-many': 429,
  unavailable: 503,
}

/** The next step; one that names this registry gets its address when it is said. */
export type Hint = string | ((baseUrl: string) => string)

export class Refusal extends Error {
  /** for where the address is not known, which then stands there as HOST */
  readonly hint: string | undefined

  /**
   * @param reason decides the HTTP status
   * @param code stable, kebab-case; names the page in docs/errors
   * @param message what is wrong, and what to do next when it fits in the same breath
   * @param nextStep the next step, when it is a sentence of its own
   * @param headers that the answer must carry, such as `retry-after`
   */
  constructor(
    readonly reason: Reason,
    readonly code: string,
    message: string,
    private readonly nextStep?: Hint,
    readonly headers: Record<string, string> = {},
  ) {
    super(message)
    this.name = 'Refusal'
    this.hint = this.hintAt('HOST')
  }

  hintAt(baseUrl: string): string | undefined {
    return typeof this.nextStep === 'function' ? this.nextStep(baseUrl) : this.nextStep
  }
}
