/** How many there are, leading to them; of none there is nothing to see. */
import { Link } from './Link.tsx'

export const Count = ({ of, to }: { of: number | null; to: string }) => (!of ? 'none' : <Link to={to}>{of}</Link>)
