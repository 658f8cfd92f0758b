/** The path of a file: typed, pasted, or chosen in the system's dialog where the shell has one. */
import type { ReactNode } from 'react'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'
import { PathField } from './PathField.tsx'

export const FileField = ({
  name,
  label,
  value,
  wanted,
  children,
  onChange,
}: {
  /** Test ids: NAME-path and NAME-choose. */
  name: string
  label: string
  value: string
  /** What the system's dialog asks for. */
  wanted: { readonly title: string; readonly kind: string; readonly extensions: readonly string[] }
  /** Under the field. */
  children?: ReactNode
  onChange: (path: string) => void
}) => {
  const { client } = useSession()
  const native = useApp((state) => state.info?.nativeDialog ?? false)
  const choose = async () => {
    const { file } = await client.call('files.choose', { ...wanted, extensions: [...wanted.extensions] })
    if (file !== null) onChange(file)
  }
  return (
    <PathField
      id={`${name}-path`}
      label={label}
      value={value}
      placeholder={t('Whole path')}
      onChange={onChange}
      buttons={
        native && (
          <button
            type="button"
            className="button"
            data-testid={`${name}-choose`}
            onClick={() => attempt(choose())}
          >
            {t('File…')}
          </button>
        )
      }
    >
      {children}
    </PathField>
  )
}
