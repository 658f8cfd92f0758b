/** What to export, and where to. */
import type { ExportRequest } from '../../../common/contract/export.ts'
import { dividesWith, formatOf } from '../../../common/formats.ts'
import { isEverything } from '../../state/image-pages.ts'
import { useImages, useSession } from '../../state/session-context.ts'
import { ClassFields } from './export/ClassFields.tsx'
import { FormatList } from './export/FormatList.tsx'
import { FormatOptions } from './export/FormatOptions.tsx'
import { SplitFields } from './export/SplitFields.tsx'
import { WhereField } from './export/WhereField.tsx'
import { NewFolderField } from './NewFolderField.tsx'
import { t } from '../../texts/t.ts'

export const ExportForm = ({
  request,
  onChange,
}: {
  request: ExportRequest
  onChange: (request: ExportRequest) => void
}) => {
  const { view } = useSession()
  const filter = useImages((state) => state.filter)
  const total = useImages((state) => state.total)
  const isFiltered = !isEverything(filter)
  const format = formatOf(request.format)
  const isBeside = request.beside === true
  const writeTo = (out: string) => onChange({ ...request, out })
  return (
    <div className="export-form">
      <FormatList value={format.id} onChange={(id) => onChange({ ...request, format: id })} />
      <div className="export-fields">
        <p className="dim">{t(format.use)}</p>
        {format.liesBeside !== undefined && (
          <WhereField
            isBeside={isBeside}
            ending={format.liesBeside.ending}
            onChange={(beside) => onChange({ ...request, beside })}
            onMirror={() => view.show('mirror')}
          />
        )}
        {!isBeside && (
          <NewFolderField
            id="export-out"
            label={t('Folder to write')}
            value={request.out}
            title={t('Export to')}
            take={t('Use this folder')}
            onChange={writeTo}
            onFolder={writeTo}
          />
        )}
        {!isBeside && (
          <label className="check">
            <input
              type="checkbox"
              checked={request.copyImages}
              data-testid="export-copy"
              onChange={(event) => onChange({ ...request, copyImages: event.target.checked })}
            />
            <span>
              {t('Copy the images too')}{' '}
              <span className="dim">{t('so that the folder trains as it is')}</span>
            </span>
          </label>
        )}
        <label className="check">
          <input
            type="checkbox"
            checked={request.onlyDone === true}
            data-testid="export-done-only"
            onChange={(event) => onChange({ ...request, onlyDone: event.target.checked })}
          />
          <span>{t('Only images that are marked done')}</span>
        </label>
        {isFiltered && (
          <label className="check">
            <input
              type="checkbox"
              checked={request.filter !== undefined}
              data-testid="export-filtered"
              onChange={(event) =>
                onChange({ ...request, filter: event.target.checked ? filter : undefined })
              }
            />
            <span>
              {t('Only the {count, plural, one {# image} other {# images}} in the list', { count: total })}{' '}
              <span className="dim">{t('as it is filtered')}</span>
            </span>
          </label>
        )}
        <FormatOptions
          format={format}
          values={request.options ?? {}}
          onChange={(options) => onChange({ ...request, options })}
        />
        <ClassFields request={request} onChange={onChange} />
        {dividesWith(format, request.options) && <SplitFields request={request} onChange={onChange} />}
      </div>
    </div>
  )
}
