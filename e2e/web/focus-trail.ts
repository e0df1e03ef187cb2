/** Where the Tab key leads through a page, and whether each stop is seen. */
import type { Page } from 'playwright-core'

export type Stop = {
  name: string
  /** what is wrong with how it is shown; empty: nothing */
  flaws: string[]
}

const maxStops = 200

/** Presses Tab from where the page puts the focus until the keyboard has left it. */
export async function focusTrail(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  while (stops.length < maxStops) {
    await page.keyboard.press('Tab')
    const stop = (await page.evaluate(stopNow)) as Stop | null
    if (!stop) return stops
    stops.push(stop)
  }
  throw new Error(`Tab does not leave the page: ${stops.slice(-5).map(({ name }) => name)}`)
}

/** The ring is that of the element or, where a field is drawn by its label or by what it lies in, of that. */
const stopNow = `(() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const [label] = element.labels ?? []
  const name = (element.getAttribute('aria-label') ?? (label ?? element).textContent).trim()
  const flaws = []

  const hasRing = (one) => {
    if (!one) return false
    const { outlineStyle, outlineWidth, opacity } = getComputedStyle(one)
    return outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && opacity !== '0'
  }
  const ringed = [element, element.closest('label'), element.parentElement].find(hasRing)
  if (!ringed) return { name, flaws: ['no ring of two pixels'] }

  const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number)
  const ground = (one) => {
    for (let at = one.parentElement; at; at = at.parentElement) {
      const [red, green, blue, alpha = 1] = rgb(getComputedStyle(at).backgroundColor)
      if (alpha === 1) return [red, green, blue]
    }
    return [255, 255, 255]
  }
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [dark, light] = [luminance(rgb(getComputedStyle(ringed).outlineColor).slice(0, 3)), luminance(ground(ringed))].sort((one, other) => one - other)
  if ((light + 0.05) / (dark + 0.05) < 3) flaws.push('its ring has too little contrast')

  const box = ringed.getBoundingClientRect()
  const reach = parseFloat(getComputedStyle(ringed).outlineOffset) + 2
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) flaws.push('outside of the window')
  else {
    const top = document.elementFromPoint(box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1))
    if (!top || !(ringed.contains(top) || top.contains(ringed))) flaws.push('something lies over it')
  }
  for (let at = ringed.parentElement; at && at !== document.body; at = at.parentElement) {
    const { overflowX, contentVisibility } = getComputedStyle(at)
    const margin = contentVisibility === 'auto' ? parseFloat(getComputedStyle(at).overflowClipMargin) || 0 : 0
    if (overflowX === 'visible' && contentVisibility !== 'auto') continue
    const edge = at.getBoundingClientRect()
    if (box.left - reach < edge.left - margin - 0.5 || box.right + reach > edge.right + margin + 0.5) flaws.push('its ring is cut off')
  }
  return { name, flaws }
})()`
