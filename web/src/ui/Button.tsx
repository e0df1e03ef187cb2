/** A button: one primary a page, top right. `ButtonLink` looks the same and leads somewhere. */
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import styles from './Button.module.css'
import { Icon, type IconName } from './Icon.tsx'
import { Link } from './Link.tsx'

type Look = { look?: 'primary' | 'second' | 'quiet' | 'danger'; icon?: IconName; small?: boolean; children: ReactNode }

const classOf = ({ look = 'second', small }: Pick<Look, 'look' | 'small'>) =>
  [styles.button, styles[look], small && styles.small].filter(Boolean).join(' ')

type ButtonProps = Look &
  ButtonHTMLAttributes<HTMLButtonElement> & { busy?: boolean; ref?: React.Ref<HTMLButtonElement> }

/** While it is busy it keeps the focus, and pressing it does nothing. */
export function Button({ look, icon, small, busy, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classOf({ look, small })}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

export function ButtonLink({ look, icon, small, children, to }: Look & { to: string }) {
  return (
    <Link to={to} className={classOf({ look, small })}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}
