/** Our own strokes, 16 px; each says something that stands beside it in words. */
const strokes = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.5 10.5 14 14',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  check: 'M2.5 8.5 6 12l7.5-8',
  down: 'M3.5 6 8 10.5 12.5 6',
  right: 'M6 3.5 10.5 8 6 12.5',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  warning: 'M8 2 14.5 13.5h-13ZM8 6.5v3.5M8 11.7v.3',
  info: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 7v4.5M8 4.6v.3',
  folder: 'M1.5 3.5h5l1.5 2h6.5v7h-13z',
  file: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3',
  plus: 'M8 2.5v11M2.5 8h11',
  user: 'M8 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM2.5 14.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5',
  external: 'M9.5 2.5h4v4M13.5 2.5 7 9M11.5 9v4.5h-9v-9H7',
  upload: 'M8 11V2.5M4.5 6 8 2.5 11.5 6M2.5 13.5h11',
  link: 'M6.5 9.5 9.5 6.5M7 4.5l1.5-1.5a3 3 0 0 1 4.5 4L11.5 9M9 11.5 7.5 13a3 3 0 0 1-4.5-4L4.5 7',
  menu: 'M2 4h12M2 8h12M2 12h12',
  sun: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5 13 13M13 3l-1.5 1.5M4.5 11.5 3 13',
} as const

export type IconName = keyof typeof strokes

export const iconNames = Object.keys(strokes) as IconName[]

export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg
    viewBox="0 0 16 16"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    strokeWidth="1.25"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={strokes[name]} />
  </svg>
)
