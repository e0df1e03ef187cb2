/** Who may see a namespace, in words. */
import type { Answer } from '@cadastre/contract/question'

export type Visibility = Answer<'/api/v1/namespaces/{namespace}'>['visibility']

export const seenBy: Record<Visibility, string> = {
  private: 'members of its organization',
  internal: 'whoever is signed in',
  public: 'anyone',
}

/** As choices, each with what it means. */
export const visibilities: Record<Visibility, { label: string; words: string }> = {
  private: {
    label: 'Private',
    words: 'Members of its organization see and use it. For everybody else it does not exist.',
  },
  internal: {
    label: 'Internal',
    words: 'Whoever is signed in, or has a key, sees and uses it. Only members of its organization publish.',
  },
  public: {
    label: 'Public',
    words: 'Anyone sees and uses it, without signing in. Only members of its organization publish.',
  },
}
