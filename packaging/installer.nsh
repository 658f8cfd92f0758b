; "Open with Maskwright" in the menu of folders, for the user or the machine that the app is installed for.
!macro maskwrightMenu KEY ARGUMENT
  WriteRegStr SHELL_CONTEXT "Software\Classes\${KEY}\shell\Maskwright" "" "Open with Maskwright"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${KEY}\shell\Maskwright" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${KEY}\shell\Maskwright\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "${ARGUMENT}"'
!macroend

!macro customInstall
  !insertmacro maskwrightMenu "Directory" "%1"
  !insertmacro maskwrightMenu "Directory\Background" "%V"
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\Maskwright"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\Background\shell\Maskwright"
!macroend
