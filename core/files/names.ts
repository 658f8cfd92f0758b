/** Where a folder's project lies in it. */
export const PROJECT_FOLDER_NAME = '.maskwright'
export const PROJECT_FILE_NAME = 'project.sqlite'
