/** A bar for work with a known or unknown end, with two texts under it. */
import type { ReactNode } from 'react'

export const ProgressBar = ({
  label,
  share,
  left,
  right,
  testId,
}: {
  label: string
  /** 0..1; null when the end is not known. */
  share: number | null
  left: ReactNode
  right: ReactNode
  testId: string
}) => (
  <div className="progress-box" data-testid={testId}>
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      data-unknown={share === null ? '' : undefined}
    >
      <span style={share === null ? {} : { width: `${share * 100}%` }} />
    </div>
    <div className="progress-text">
      <span>{left}</span>
      <span>{right}</span>
    </div>
  </div>
)
