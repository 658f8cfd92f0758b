/** Takes a project file away that nobody has open. */
import SqliteDatabase from 'better-sqlite3'
import { rmSync } from 'node:fs'

/** SQLite alone knows whether somebody has just opened it: nothing lies beside the file before the first read. */
const isOurs = (db: SqliteDatabase.Database): boolean => {
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    // Leaves the log only for who is alone, and keeps all others out until it is closed.
    return db.pragma('journal_mode = DELETE', { simple: true }) === 'delete'
  } catch {
    return false
  }
}

/**
 * Removes the file of a closed project. One that another process has open stays; one that opens it at the same moment
 * finds it gone, and takes what lies there then (`openDatabase`).
 * @returns false when it stays
 */
export const removeUnlessOpen = (file: string): boolean => {
  let db: SqliteDatabase.Database | undefined
  try {
    db = new SqliteDatabase(file, { fileMustExist: true, timeout: 0 })
    if (!isOurs(db)) return false
    // Windows removes no file that is open, by whomever.
    if (process.platform === 'win32') db.close()
    rmSync(file)
    return true
  } catch {
    return false
  } finally {
    db?.close()
  }
}
