/**
 * The drawing, as a surveyor draws a profile: hairlines down to the ground from each point, and ticks on the ground where
 * a version was published. Colours are those that the legend has at this moment, which every theme sets by itself.
 */
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { asCount } from '../ui/in-words.ts'
import styles from './Profile.module.css'
import { type Line, shortPeriodName, type Told } from './words.ts'

type Props = {
  told: Told
  lines: readonly Line[]
  /** for each period */
  published: readonly string[][]
  /** the period that is pointed at */
  at: number | undefined
  onAt: (at: number | undefined) => void
}

const [height, labelWidth, dense] = [192, 72, 7]
const dashes = [[], [], [6, 3], [2, 3], [8, 3, 2, 3], [1, 4]]
const wholeSteps = [1, 2, 5].flatMap((step) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((power) => step * 10 ** power))

export function Profile({ told, lines, published, at, onAt }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const say = useRef(onAt)
  say.current = onAt

  // biome-ignore lint/correctness/useExhaustiveDependencies: lines and what was published follow from the answer
  useEffect(() => {
    const element = place.current!
    const colours = coloursIn(element)
    const times = told.periods.map((period) => Date.parse(period) / 1_000)
    const data: uPlot.AlignedData = [times, ...lines.map(({ downloads }) => [...downloads])]
    const options = optionsOf(told, lines, published, colours, (index) => say.current(index))
    const drawn = new uPlot({ ...options, width: element.clientWidth, height }, data, element)
    plot.current = drawn
    const stop = [
      onResize(element, () => drawn.setSize({ width: element.clientWidth, height })),
      onOtherColours(() => {
        Object.assign(colours, coloursIn(element))
        drawn.redraw(false)
      }),
    ]
    return () => {
      plot.current = undefined
      for (const each of stop) each()
      drawn.destroy()
    }
  }, [told])

  useEffect(() => {
    const drawn = plot.current
    if (drawn && at !== undefined && drawn.cursor.idx !== at) {
      drawn.setCursor({ left: drawn.valToPos(Date.parse(told.periods[at]!) / 1_000, 'x'), top: 0 }, false)
    }
  }, [at, told])

  return (
    <div className={styles.profile} aria-hidden="true">
      <span className={styles.hairline} data-colour="hairline" />
      <span className={styles.ground} data-colour="ground" />
      <span className={styles.label} data-colour="label" />
      <div ref={place} className={styles.place} />
    </div>
  )
}

type Colours = { lines: string[]; hairline: string; ground: string; label: string; font: string }

function optionsOf(
  told: Told,
  lines: readonly Line[],
  published: readonly string[][],
  colours: Colours,
  onAt: (at: number | undefined) => void,
): Omit<uPlot.Options, 'width' | 'height'> {
  const only = told.periods.length === 1
  return {
    padding: [8, 28, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: true, range: (_plot, min, max) => (only ? [min - 43_200, max + 43_200] : [min, max]) },
      y: { range: (_plot, _min, max) => [0, Math.max(max, 1)] },
    },
    series: [
      {},
      ...lines.map((_line, index) => ({
        stroke: () => colours.lines[index] ?? colours.label,
        width: index === 0 ? 2 : 1,
        dash: dashes[index],
        points: { show: told.periods.length <= 31, size: 4, fill: () => colours.lines[index] ?? colours.label },
      })),
    ],
    axes: [
      {
        ...axisIn(colours),
        grid: { show: false },
        splits: (plot) => shownPeriods(told, plot.width).map((period) => Date.parse(period) / 1_000),
        values: (_plot, splits) =>
          splits.map((time) => shortPeriodName(new Date(time * 1_000).toISOString().slice(0, 10), told.by)),
        size: 28,
      },
      {
        ...axisIn(colours),
        grid: { stroke: () => colours.hairline, width: 1 },
        incrs: wholeSteps,
        values: (_plot, splits) => splits.map(asCount),
        size: (_plot, values) => 20 + 7 * Math.max(1, ...(values ?? []).map((value) => value.length)),
      },
    ],
    hooks: {
      drawAxes: [(plot) => drawOrdinates(plot, lines, colours)],
      draw: [(plot) => drawPublished(plot, published, colours)],
      setCursor: [(plot) => onAt(plot.cursor.idx ?? undefined)],
    },
  }
}

const axisIn = (colours: Colours): uPlot.Axis => ({
  stroke: () => colours.label,
  font: colours.font,
  ticks: { stroke: () => colours.ground, width: 1, size: 4 },
  border: { show: true, stroke: () => colours.ground, width: 1 },
})

/** Each, or every second, third … so that their names stand beside each other. */
function shownPeriods({ periods }: Told, width: number): string[] {
  const every = Math.max(1, Math.ceil((periods.length * labelWidth) / Math.max(width, labelWidth)))
  return periods.filter((_period, index) => index % every === 0)
}

/** From the highest point of each period down to the ground; so close that they would be a surface they are left out. */
function drawOrdinates(plot: uPlot, lines: readonly Line[], colours: Colours): void {
  const times = plot.data[0]
  if (times.length > 1 && plot.bbox.width / (times.length - 1) / devicePixelRatio < dense) return
  draw(plot, colours.hairline, (context) => {
    for (const [index, time] of times.entries()) {
      const x = onPixel(plot.valToPos(time, 'x', true))
      const most = Math.max(...lines.map(({ downloads }) => downloads[index]!))
      context.moveTo(x, plot.valToPos(0, 'y', true))
      context.lineTo(x, plot.valToPos(most, 'y', true))
    }
  })
}

function drawPublished(plot: uPlot, published: readonly string[][], colours: Colours): void {
  draw(
    plot,
    colours.ground,
    (context) => {
      for (const [index, versions] of published.entries()) {
        if (versions.length === 0) continue
        const isMajor = versions.some((version) => /^\d+\.0\.0$/.test(version))
        const [x, ground] = [onPixel(plot.valToPos(plot.data[0][index]!, 'x', true)), plot.valToPos(0, 'y', true)]
        context.moveTo(x, ground)
        context.lineTo(x, ground - (isMajor ? 14 : 8) * devicePixelRatio)
      }
    },
    2,
  )
}

function draw(plot: uPlot, colour: string, path: (context: CanvasRenderingContext2D) => void, width = 1): void {
  const context = plot.ctx
  context.save()
  context.strokeStyle = colour
  context.lineWidth = width * devicePixelRatio
  context.beginPath()
  path(context)
  context.stroke()
  context.restore()
}

const onPixel = (position: number) => Math.round(position) + 0.5

/** What the legend and the marks beside the drawing are coloured with now, forced colours and print included. */
function coloursIn(element: HTMLElement): Colours {
  const figure = element.closest('figure')!
  const colour = (of: Element | null) => getComputedStyle(of ?? element).color
  const mark = (name: string) => colour(figure.querySelector(`[data-colour=${name}]`))
  const { fontFamily } = getComputedStyle(element)
  return {
    lines: [...figure.querySelectorAll('[data-line]')].map(colour),
    hairline: mark('hairline'),
    ground: mark('ground'),
    label: mark('label'),
    font: `11px ${fontFamily}`,
  }
}

function onResize(element: HTMLElement, then: () => void): () => void {
  let width = element.clientWidth
  const observer = new ResizeObserver(() => {
    if (element.clientWidth === width || element.clientWidth === 0) return
    width = element.clientWidth
    then()
  })
  observer.observe(element)
  return () => observer.disconnect()
}

function onOtherColours(then: () => void): () => void {
  const observer = new MutationObserver(then)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)', 'print']
  const watched = queries.map((query) => matchMedia(query))
  for (const each of watched) each.addEventListener('change', then)
  return () => {
    observer.disconnect()
    for (const each of watched) each.removeEventListener('change', then)
  }
}
