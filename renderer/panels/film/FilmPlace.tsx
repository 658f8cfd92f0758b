/** Where the folder of frames is made: beside the film, in a folder that is chosen, or as typed. */
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { NewFolderField } from '../dialogs/NewFolderField.tsx'

export const FilmPlace = ({
  out,
  problem,
  onChange,
  onFolder,
}: {
  out: string
  /** Why nothing can be written where it was proposed. */
  problem: string | null
  onChange: (out: string) => void
  /** The new folder is to be made in this one. */
  onFolder: (folder: string) => void
}) => (
  <NewFolderField
    id="film-out"
    label={t('New folder for the frames')}
    value={out}
    title={t('Where the folder of frames is made')}
    take={t('Make it in this folder')}
    onChange={onChange}
    onFolder={onFolder}
  >
    {problem !== null && (
      <span className="warn-text" role="status">
        {heard(problem)}
      </span>
    )}
  </NewFolderField>
)
