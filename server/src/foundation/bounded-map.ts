/** A map that forgets what was not used for longest once it holds so many. */
import { LRUCache } from 'lru-cache'

export type BoundedMap<Value extends object | string> = LRUCache<string, Value>

type Options<Value extends object | string> = Pick<
  LRUCache.OptionsBase<string, Value, unknown>,
  'dispose' | 'ttl' | 'perf'
>

/** @param options as lru-cache has them */
export const boundedMap = <Value extends object | string>(
  most: number,
  options: Options<Value> = {},
): BoundedMap<Value> =>
  // Its own `max` takes the room for all of them at once: a registry that nobody asks anything spent 5 MB and 20 ms on that.
  new LRUCache({ ...options, maxSize: most, sizeCalculation: () => 1 })
