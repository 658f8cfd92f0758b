/** Models or detectors that a person may get elsewhere: what each is good for, its licence, and the page that has it. */
import type { Elsewhere as Entry } from '../../../common/model-info.ts'
import { useModels } from '../../state/session-context.ts'
import { sizeText } from '../../texts/numbers.ts'
import { t } from '../../texts/t.ts'

const aboutFile = ({ name, bytes, sha256 }: Entry['files'][number]) =>
  [
    bytes === null ? name : `${name}, ${sizeText(bytes)}`,
    ...(sha256 === null ? [] : [`sha256 ${sha256}`]),
  ].join('\n')

export const Elsewhere = ({ of }: { of: Entry['what'] }) => {
  const all = useModels((state) => state.models?.elsewhere) ?? []
  const shown = all.filter((entry) => entry.what === of)
  if (shown.length === 0) return null
  return (
    <details className="elsewhere" data-testid="elsewhere">
      <summary>{t('Where to get one')}</summary>
      <ul>
        {shown.map(({ name, licence, page, good, files }) => (
          <li key={name} title={files.map(aboutFile).join('\n') || undefined}>
            <b>{name}</b> <span className="dim">{licence}</span>
            <span className="dim">{good}</span>
            <code>{page}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
