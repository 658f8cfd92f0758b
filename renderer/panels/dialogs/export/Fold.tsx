/** What few people need, folded away under a line that says what it is. */
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

export const Fold = ({
  title,
  note,
  testId,
  children,
}: {
  title: string
  /** What is chosen there, in a few words. */
  note: string
  testId: string
  children: ReactNode
}) => (
  <details className="fold" data-testid={testId}>
    <summary>
      <ChevronRight size={13} aria-hidden />
      {title} <span className="dim">{note}</span>
    </summary>
    <div className="fold-body">{children}</div>
  </details>
)
