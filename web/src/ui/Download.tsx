/** Hands what is on the page to the reader as a file. */
import { Button } from './Button.tsx'

type Props = { name: string; type: string; label: string; content: () => string }

export function Download({ name, type, label, content }: Props) {
  function save() {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([content()], { type }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <Button look="quiet" small onClick={save} aria-label={`Save as ${label}`}>
      {label}
    </Button>
  )
}
