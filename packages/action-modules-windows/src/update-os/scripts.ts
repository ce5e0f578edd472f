/** An update as Windows knows it: its id and revision, such as `0a1b…-….200`. */
export type UpdateIdentity = string;

// PowerShell prints in the code page of the console; ASCII is the same in all of them
const PRINT = String.raw`function Print($answer) {
  $text = ConvertTo-Json -InputObject $answer -Compress -Depth 4
  [Console]::Out.WriteLine([regex]::Replace($text, '[^\x20-\x7e]', { param($match) '\u{0:x4}' -f [int][char]$match.Value }))
}`;

// all that the update source has, drivers and what Windows calls optional too
const SEARCH = String.raw`$session = New-Object -ComObject Microsoft.Update.Session
$session.ClientApplicationID = 'Imagewright'
$found = $session.CreateUpdateSearcher().Search('IsInstalled=0 and IsHidden=0')`;

const IDENTITY = String.raw`function IdentityOf($update) { '{0}.{1}' -f $update.Identity.UpdateID, $update.Identity.RevisionNumber }`;

/** A script whose last line on standard output is JSON, whether it succeeds or fails. */
function script(...parts: readonly string[]): string {
  const body = parts.join("\n").replace(/^(?=.)/gm, "  ");
  return String.raw`$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
${PRINT}
${IDENTITY}
try {
${body}
} catch {
  $problem = $_.Exception.GetBaseException()
  Print @{ problem = $problem.Message; code = '0x{0:X8}' -f $problem.HResult }
  exit 1
}
`;
}

/** Asks Windows Update for the updates that are not installed. */
export const SEARCH_SCRIPT = script(
  SEARCH,
  String.raw`$updates = @(foreach ($update in $found.Updates) {
  @{
    id = IdentityOf $update
    title = $update.Title
    articles = @($update.KBArticleIDs)
    asks = $update.InstallationBehavior.CanRequestUserInput
  }
})
$restart = (New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired
Print @{ updates = $updates; restart = $restart }`,
);

/** Downloads and installs updates, which Windows Update finds again by their identities. */
export function installScript(chosen: readonly UpdateIdentity[]): string {
  return script(
    `$chosen = @(${chosen.map((id) => `'${id}'`).join(", ")})`,
    SEARCH,
    String.raw`$collection = New-Object -ComObject Microsoft.Update.UpdateColl
foreach ($update in $found.Updates) {
  if ($chosen -contains (IdentityOf $update)) {
    if (-not $update.EulaAccepted) { $update.AcceptEula() }
    [void]$collection.Add($update)
  }
}
if ($collection.Count -eq 0) {
  Print @{ updates = @(); restart = $false }
  exit 0
}
$downloader = $session.CreateUpdateDownloader()
$downloader.Updates = $collection
$downloaded = $downloader.Download()
$installer = $session.CreateUpdateInstaller()
$installer.ForceQuiet = $true
$installer.AllowSourcePrompts = $false
$ready = New-Object -ComObject Microsoft.Update.UpdateColl
$updates = @(for ($index = 0; $index -lt $collection.Count; $index++) {
  $update = $collection.Item($index)
  if ($update.IsDownloaded) {
    [void]$ready.Add($update)
  } else {
    $code = '0x{0:X8}' -f $downloaded.GetUpdateResult($index).HResult
    @{ id = IdentityOf $update; step = 'download'; done = $false; code = $code }
  }
})
$restart = $false
if ($ready.Count -gt 0) {
  $installer.Updates = $ready
  $installed = $installer.Install()
  $restart = $installed.RebootRequired
  $updates += @(for ($index = 0; $index -lt $ready.Count; $index++) {
    $result = $installed.GetUpdateResult($index)
    # succeeded, and succeeded with errors
    $done = $result.ResultCode -eq 2 -or $result.ResultCode -eq 3
    @{ id = IdentityOf $ready.Item($index); step = 'install'; done = $done; code = '0x{0:X8}' -f $result.HResult }
  })
}
Print @{ updates = $updates; restart = $restart }`,
  );
}
