/** The field in which a class is named, in place of its row: Enter keeps, Esc leaves, another click keeps too. */
import { useRef, useState } from 'react'
import { errorText } from '../../texts/heard.ts'

export const NameField = ({
  initial,
  label,
  placeholder,
  onKeep,
  onLeave,
  onPasteLines,
}: {
  initial: string
  label: string
  placeholder?: string
  /** Rejects with a message for the user when the name can't be had. */
  onKeep: (name: string) => Promise<unknown>
  onLeave: () => void
  /** A list that is pasted is more than one name; the field closes. */
  onPasteLines?: (text: string) => void
}) => {
  const [name, setName] = useState(initial)
  const [problem, setProblem] = useState<string | null>(null)
  const closed = useRef(false)

  const leave = () => {
    if (closed.current) return
    closed.current = true
    onLeave()
  }
  const keep = async () => {
    if (closed.current) return
    if (name.trim() === '' || name.trim() === initial) {
      leave()
      return
    }
    closed.current = true
    try {
      await onKeep(name)
      onLeave()
    } catch (thrown) {
      closed.current = false
      setProblem(errorText(thrown))
    }
  }
  return (
    <div className="name-field">
      <input
        autoFocus
        value={name}
        maxLength={200}
        aria-label={label}
        aria-invalid={problem !== null}
        placeholder={placeholder}
        data-testid="class-name-field"
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setName(event.target.value)
          setProblem(null)
        }}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Enter') void keep()
          if (event.key === 'Escape') leave()
        }}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text/plain')
          if (onPasteLines === undefined || !/\S\s*[\r\n]+\s*\S/.test(text)) return
          event.preventDefault()
          leave()
          onPasteLines(text)
        }}
        onBlur={() => void keep()}
      />
      {problem !== null && <p role="alert">{problem}</p>}
    </div>
  )
}
