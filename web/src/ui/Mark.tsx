/** A boundary point: a circle with its centre where two hairlines meet. */
export const Mark = ({ size = 20 }: { size?: number }) => (
  <svg viewBox="0 0 20 20" width={size} height={size} fill="none" stroke="currentColor" aria-hidden="true">
    <path d="M10 0v20M0 10h20" />
    <circle cx="10" cy="10" r="5.5" />
    <circle cx="10" cy="10" r="1.5" fill="currentColor" stroke="none" />
  </svg>
)
