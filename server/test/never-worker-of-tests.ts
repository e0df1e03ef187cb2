/** A thread that starts and never takes a task. */
import { setInterval as every } from 'node:timers/promises'

for await (const _ of every(1_000));
