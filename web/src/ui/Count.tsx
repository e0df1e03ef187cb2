/** How many there are, leading to them; of none there is nothing to see. */
import { Link } from './Link.tsx'

export const Count = ({ of, to }: { of: number; to: string }) => (of === 0 ? 'none' : <Link to={to}>{of}</Link>)
