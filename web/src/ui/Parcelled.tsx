/** A link to what lies in a namespace: its address behind the parcel of that. */
import { Link } from './Link.tsx'
import styles from './Parcelled.module.css'
import { ParcelTile } from './ParcelTile.tsx'

/** @param address begins with the namespace */
export const Parcelled = ({ address, to }: { address: string; to: string }) => (
  <span className={styles.parcelled}>
    <ParcelTile name={address.split('/')[0] ?? address} size={20} />
    <Link to={to}>
      <code>{address}</code>
    </Link>
  </span>
)
