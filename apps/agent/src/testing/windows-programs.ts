/** bun asks Windows for random numbers by a call of a library that Wine 8 lacks. */
export const RANDOM_LIBRARY = `#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return RtlGenRandom(data, (ULONG)length); }
`;

/** Notes how it is called in C:\tools.txt, and keeps the definition of a task in C:\task.xml and a script in C:\script.ps1. */
export const RECORDER = `#include <stdio.h>
#include <string.h>
#include <windows.h>
int main(int count, char **arguments) {
  FILE *file = fopen("C:\\\\tools.txt", "a");
  fprintf(file, "%s\\n", GetCommandLineA());
  fclose(file);
  for (int index = 1; index + 1 < count; index++)
    if (strcmp(arguments[index], "/XML") == 0) CopyFileA(arguments[index + 1], "C:\\\\task.xml", FALSE);
  CopyFileA(arguments[count - 1], "C:\\\\script.ps1", FALSE);
  return 0;
}
`;

/** As the recorder, but it ends at once the first time that it is to remove a task. */
export const FAILING_ONCE = RECORDER.replace(
  "  FILE *file",
  `  if (count > 1 && strcmp(arguments[1], "/Delete") == 0 && CopyFileA(arguments[0], "C:\\\\failed.txt", TRUE)) return 3;
  FILE *file`,
);

/**
 * Runs a command line on a new console with its output in C:\stdout.txt, presses Ctrl-C there as soon as a file exists, and writes the exit
 * code to C:\code.txt. Its arguments are the command line and the file.
 */
export const CTRL_C = `#include <stdio.h>
#include <windows.h>
static BOOL WINAPI ignore(DWORD event) { return TRUE; }
int main(int count, char **arguments) {
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  STARTUPINFOA startup = {sizeof startup};
  PROCESS_INFORMATION child;
  DWORD code;
  FILE *file;
  FreeConsole();
  AllocConsole();
  SetConsoleCtrlHandler(ignore, TRUE);
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdOutput = CreateFileA("C:\\\\stdout.txt", GENERIC_WRITE, FILE_SHARE_READ, &inherited, CREATE_ALWAYS, 0, NULL);
  startup.hStdError = startup.hStdOutput;
  if (!CreateProcessA(NULL, arguments[1], NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child)) return 1;
  while (GetFileAttributesA(arguments[2]) == INVALID_FILE_ATTRIBUTES && WaitForSingleObject(child.hProcess, 50) != WAIT_OBJECT_0);
  GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
  WaitForSingleObject(child.hProcess, INFINITE);
  GetExitCodeProcess(child.hProcess, &code);
  file = fopen("C:\\\\code.txt", "w");
  fprintf(file, "%lu", code);
  fclose(file);
  return 0;
}
`;

/** Ends as Windows ends a command with its session, as long as the file `C:\\work\\down` exists. */
export const ENDED_WITH_SESSION = `#include <windows.h>
int main(void) { ExitProcess(GetFileAttributesA("C:\\\\work\\\\down") == INVALID_FILE_ATTRIBUTES ? 0 : 0x40010004); }
`;

/** Stands for `shutdown.exe` where a step has already asked for a restart. */
export const SHUTDOWN_PENDING = `#include <stdio.h>
int main(void) {
  fprintf(stderr, "Ein Herunterfahren ist bereits geplant.(1190)\\n");
  return 1190;
}
`;
