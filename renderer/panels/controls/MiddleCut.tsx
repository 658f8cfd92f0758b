/** A name that is cut in its middle where it does not fit: its end, with number and extension, tells files apart. */
import { halvesOf } from '../words.ts'

export const MiddleCut = ({ name, className }: { name: string; className?: string }) => {
  const [start, end] = halvesOf(name)
  return (
    <span className={className ? `middle-cut ${className}` : 'middle-cut'}>
      <span>{start}</span>
      <span>{end}</span>
    </span>
  )
}
