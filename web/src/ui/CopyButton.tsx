/** Copies a text, and says that it did. */
import { useState } from 'react'
import { Button } from './Button.tsx'
import { announce } from './LiveRegion.tsx'

type Props = { text: string /** what it is, for who does not see it: `the command` */; what: string; label?: string }

const shownForMs = 1_500

export function CopyButton({ text, what, label = 'Copy' }: Props) {
  const [copied, setCopied] = useState(false)
  async function copy() {
    await copyText(text)
    setCopied(true)
    announce(`Copied ${what}`)
    setTimeout(() => setCopied(false), shownForMs)
  }
  return (
    <Button look="quiet" small icon={copied ? 'check' : 'copy'} onClick={copy} aria-label={`${label} ${what}`}>
      {copied ? 'Copied' : label}
    </Button>
  )
}

/** Browsers have a clipboard on https and on this computer only. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
