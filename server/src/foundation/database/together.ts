/**
 * Questions of one kind that come at the same time go to PostgreSQL as one. A lone question does not wait; while some are on
 * their way, those that come meanwhile gather and go together, so a crowd costs little more than one.
 */

// Two, so that a slow answer does not hold up all others.
const mostUnderWay = 2
const mostAtOnce = 200

type Waiting<Question, Answer> = {
  question: Question
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** @param ask answers every question, in their order */
export function askTogether<Question, Answer>(
  ask: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = []
  let underWay = 0
  let planned = false

  async function send(asked: Waiting<Question, Answer>[]) {
    underWay += 1
    try {
      const answers = await ask(asked.map(({ question }) => question))
      for (const [index, { resolve }] of asked.entries()) resolve(answers[index]!)
    } catch (error) {
      for (const { reject } of asked) reject(error)
    } finally {
      underWay -= 1
      sendWaiting()
    }
  }

  function sendWaiting() {
    planned = false
    while (waiting.length > 0 && underWay < mostUnderWay) {
      const asked = waiting.slice(0, mostAtOnce)
      waiting = waiting.slice(mostAtOnce)
      send(asked)
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (planned || underWay === mostUnderWay) return
      planned = true
      // At the end of this round of the event loop, when every request that has arrived has asked.
      setImmediate(sendWaiting)
    })
}
