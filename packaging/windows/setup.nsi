; The set-up of Two Hats: for one person, without an administrator. See setup.py for what is defined from outside.
;   /S         without a word         /D=FOLDER  elsewhere (last on the line)
;   /RELAUNCH  start Two Hats at the end, also when silent, and when it was refused since Two Hats runs
; The uninstaller:  /S   /PURGE  the person's data too   /UPGRADE  from a newer set-up: entries and shortcut stay
; Exit codes: 0 done, 1 cancelled, 4 this Windows is too old, 5 Two Hats is running.

Target amd64-unicode
!if "${PACKING}" == "off"
  SetCompress off
!else if "${PACKING}" == "zlib"
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include nsDialogs.nsh

!define KEY_UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\TwoHats"
!define KEY_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\TwoHats.exe"
!define KEY_SCHEME "Software\Classes\twohats"
!define KEY_ENDING "Software\Classes\.twohats"
!define KEY_KIND "Software\Classes\TwoHats.File"

Name "Two Hats"
OutFile "${OUT}"
BrandingText "Two Hats ${VERSION}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Two Hats"
InstallDirRegKey HKCU "${KEY_UNINSTALL}" "InstallLocation"
ManifestDPIAware true
ManifestSupportedOS Win10
SetOverwrite on
SetDateSave on
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "Two Hats"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Two Hats set-up"
VIAddVersionKey "CompanyName" "Two Hats"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!finalize '${SIGN} "%1"' = 0
!uninstfinalize '${SIGN} "%1"' = 0

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_TITLE "Two Hats is ready"
!define MUI_FINISHPAGE_TEXT "You find it in the Start menu."
!define MUI_FINISHPAGE_RUN "$INSTDIR\TwoHats.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Start Two Hats"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.AskForData un.TakeAnswer
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

Var Attempts
Var Handle
Var Parameters
Var IsUpgrade
Var MayPurge
Var PurgeBox

; With /RELAUNCH: the program that is installed now.
Function OpenIfAsked
  ${GetParameters} $Parameters
  ClearErrors
  ${GetOptions} $Parameters "/RELAUNCH" $0
  ${IfNot} ${Errors}
    Exec '"$INSTDIR\TwoHats.exe"'
  ${EndIf}
FunctionEnd

; Waits up to 20 s for a running Two Hats to end, or asks. A program that runs cannot be opened for writing.
!macro WAIT_FOR_FREE PREFIX
Function ${PREFIX}WaitForFree
  StrCpy $Attempts 0
  again:
  Push "$INSTDIR\TwoHats.exe"
  Call ${PREFIX}IsFree
  Pop $Handle
  StrCmp $Handle 1 0 busy
  Push "$INSTDIR\bin\twohats.exe"
  Call ${PREFIX}IsFree
  Pop $Handle
  StrCmp $Handle 1 free busy
  busy:
  IfSilent wait
  MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "Two Hats is running. Close it, then go on." IDRETRY again
  SetErrorLevel 5
  Quit
  wait:
  IntOp $Attempts $Attempts + 1
  Sleep 500
  IntCmp $Attempts 40 0 again 0
  ; Who left the window for an update gets it back, as it was; the update is offered again there.
  !if "${PREFIX}" == ""
    Call OpenIfAsked
  !endif
  SetErrorLevel 5
  Quit
  free:
FunctionEnd

Function ${PREFIX}IsFree
  Exch $0
  IfFileExists "$0" 0 free
  ClearErrors
  FileOpen $Handle "$0" a
  IfErrors busy
  FileClose $Handle
  free:
  StrCpy $0 1
  Goto told
  busy:
  StrCpy $0 0
  told:
  Exch $0
FunctionEnd
!macroend
!insertmacro WAIT_FOR_FREE ""
!insertmacro WAIT_FOR_FREE "un."

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "Two Hats needs Windows 10 or newer." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  Call WaitForFree
FunctionEnd

Section
  SetShellVarContext current
  ; An older version goes first, by its own list of files. Its uninstaller is copied away, so that it can go too.
  ReadRegStr $0 HKCU "${KEY_UNINSTALL}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\uninstall.exe"
    InitPluginsDir
    CopyFiles /SILENT "$0\uninstall.exe" "$PLUGINSDIR\older.exe"
    ExecWait '"$PLUGINSDIR\older.exe" /S /UPGRADE _?=$0' $1
    ${If} $1 != 0
      SetErrorLevel $1
      Quit
    ${EndIf}
  ${EndIf}

  !include "${LISTS}/files.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\Two Hats.lnk" "$INSTDIR\TwoHats.exe" "" "$INSTDIR\TwoHats.exe" 0 SW_SHOWNORMAL "" "Write once, choose the hat, be warned in time"

  WriteRegStr HKCU "${KEY_PATHS}" "" "$INSTDIR\TwoHats.exe"
  WriteRegStr HKCU "${KEY_SCHEME}" "" "URL:Two Hats"
  WriteRegStr HKCU "${KEY_SCHEME}" "URL Protocol" ""
  WriteRegStr HKCU "${KEY_SCHEME}\DefaultIcon" "" "$INSTDIR\TwoHats.exe,0"
  WriteRegStr HKCU "${KEY_SCHEME}\shell\open\command" "" '"$INSTDIR\TwoHats.exe" --open-url "%1"'
  WriteRegStr HKCU "${KEY_ENDING}" "" "TwoHats.File"
  WriteRegStr HKCU "${KEY_KIND}" "" "Two Hats file"
  WriteRegStr HKCU "${KEY_KIND}\DefaultIcon" "" "$INSTDIR\TwoHats.exe,0"
  WriteRegStr HKCU "${KEY_KIND}\shell\open\command" "" '"$INSTDIR\TwoHats.exe" --open-file "%1"'

  WriteRegStr HKCU "${KEY_UNINSTALL}" "DisplayName" "Two Hats"
  WriteRegStr HKCU "${KEY_UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY_UNINSTALL}" "Publisher" "Two Hats"
  WriteRegStr HKCU "${KEY_UNINSTALL}" "DisplayIcon" "$INSTDIR\TwoHats.exe,0"
  WriteRegStr HKCU "${KEY_UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY_UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY_UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY_UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY_UNINSTALL}" "NoRepair" 1
  WriteRegDWORD HKCU "${KEY_UNINSTALL}" "EstimatedSize" ${SIZE_KIB}
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Function .onInstSuccess
  Call OpenIfAsked
FunctionEnd

; --- taking it away

Function un.onInit
  StrCpy $IsUpgrade 0
  StrCpy $MayPurge 0
  ${GetParameters} $Parameters
  ClearErrors
  ${GetOptions} $Parameters "/UPGRADE" $0
  ${IfNot} ${Errors}
    StrCpy $IsUpgrade 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $Parameters "/PURGE" $0
  ${IfNot} ${Errors}
    StrCpy $MayPurge 1
  ${EndIf}
  Call un.WaitForFree
FunctionEnd

Function un.AskForData
  !insertmacro MUI_HEADER_TEXT "Remove Two Hats" "What you wrote stays, unless you say otherwise."
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 36u "Two Hats is taken off this computer. Your drafts, posts, records and settings stay in your own folder, for the day you install it again."
  Pop $0
  ${NSD_CreateCheckbox} 0 48u 100% 24u "Delete my drafts, records, settings and log-ins on this computer too. This cannot be undone."
  Pop $PurgeBox
  nsDialogs::Show
FunctionEnd

Function un.TakeAnswer
  ${NSD_GetState} $PurgeBox $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $MayPurge 1
  ${EndIf}
FunctionEnd

Section "Uninstall"
  SetShellVarContext current
  ${If} $IsUpgrade = 0
    ; The program forgets what it told the system; with /PURGE its secrets and the person's data too.
    ${If} $MayPurge = 1
      nsExec::Exec '"$INSTDIR\bin\twohats.exe" forget --data'
      Pop $0
      ; Should the program be too broken for it, the person's wish still holds.
      RMDir /r "$LOCALAPPDATA\TwoHats"
    ${Else}
      nsExec::Exec '"$INSTDIR\bin\twohats.exe" forget'
      Pop $0
    ${EndIf}
    Delete "$SMPROGRAMS\Two Hats.lnk"
    DeleteRegKey HKCU "${KEY_PATHS}"
    DeleteRegKey HKCU "${KEY_SCHEME}"
    DeleteRegKey HKCU "${KEY_ENDING}"
    DeleteRegKey HKCU "${KEY_KIND}"
    DeleteRegKey HKCU "${KEY_UNINSTALL}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ${EndIf}
  SetOutPath "$TEMP"
  !include "${LISTS}/unfiles.nsh"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
