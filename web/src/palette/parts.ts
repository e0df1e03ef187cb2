/** What comes together, and late: everything that floats over a page. */
export { KeySheet } from './KeySheet.tsx'
export { Palette } from './Palette.tsx'
