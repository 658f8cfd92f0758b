/** Whether a process of this computer still runs. */
import { systemCode } from '../files/system-code.ts'

/** Somebody else's process runs too, although it may be asked nothing. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return systemCode(thrown) === 'EPERM'
  }
}
