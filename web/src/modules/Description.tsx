/** What a part says of itself: rendered where it has more than words, folded where it is long. */
import { Prose } from '../ui/Prose.tsx'

type Props = { of: { description: string; descriptionHtml?: string } }

const longLines = 8
const longText = 900

export function Description({ of: { description, descriptionHtml } }: Props) {
  if (!description) return null
  const content = descriptionHtml ? <Prose html={descriptionHtml} /> : <span>{description} </span>
  if (description.trim().split('\n').length <= longLines && description.length <= longText) return content
  return (
    <details>
      <summary>{beginningOf(description)}</summary>
      {content}
    </details>
  )
}

/** Without what is markup at its edges. */
function beginningOf(text: string): string {
  const [line = ''] = text
    .trim()
    .replace(/^[#>*\s-]+/, '')
    .split('\n')
  const words = line.replace(/[`*]/g, '')
  return `${words.length > 120 ? words.slice(0, 120) : words} …`
}
