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

/** As the recorder, but no task is ever removed, as where access is denied. */
export const FAILING_ALWAYS = RECORDER.replace("return 0", 'return count > 1 && strcmp(arguments[1], "/Delete") == 0');

/** Stands for `schtasks.exe` where no task may be made; its message has a u with two dots, in the code page 437. */
export const REFUSING = `#include <stdio.h>
int main(void) {
  fprintf(stderr, "FEHLER: Das ist f\\x81r Sie nicht erlaubt.\\r\\n");
  return 1;
}
`;

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

/**
 * Runs a command line with both outputs on a pipe, and writes what comes out of it to C:\stdout.txt and the exit code to
 * C:\code.txt.
 */
export const PIPE_READER = `#include <stdio.h>
#include <windows.h>
int main(int count, char **arguments) {
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  STARTUPINFOA startup = {sizeof startup};
  PROCESS_INFORMATION child;
  HANDLE reader, writer;
  char bytes[4096];
  DWORD length, code;
  FILE *file = fopen("C:\\\\stdout.txt", "wb");
  if (!CreatePipe(&reader, &writer, &inherited, 0)) return 1;
  SetHandleInformation(reader, HANDLE_FLAG_INHERIT, 0);
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdOutput = startup.hStdError = writer;
  if (!CreateProcessA(NULL, arguments[1], NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child)) return 2;
  CloseHandle(writer);
  while (ReadFile(reader, bytes, sizeof bytes, &length, NULL) && length > 0) fwrite(bytes, 1, length, file);
  fclose(file);
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

/**
 * A command with processes below it. Without an argument it starts one that starts a third and ends, and waits. `leave` starts the third
 * alone and ends, `outside` starts it outside the job of the command and waits. The third makes `C:\\work\\waiting`. All that wait do so
 * for `C:\\work\\go`, and then write their line of `C:\\work\\ended`; each that starts writes one of `C:\\work\\started`.
 */
export const TREE = `#include <stdio.h>
#include <string.h>
#include <windows.h>
/* two that write at once would write over each other */
static void note(const char *path, const char *text) {
  HANDLE turn = CreateMutexA(NULL, FALSE, "note");
  FILE *file;
  WaitForSingleObject(turn, INFINITE);
  file = fopen(path, "a");
  fprintf(file, "%s\\n", text);
  fclose(file);
  ReleaseMutex(turn);
  CloseHandle(turn);
}
static int start(char *line, DWORD flags) {
  STARTUPINFOA startup = {sizeof startup};
  PROCESS_INFORMATION child;
  return !CreateProcessA(NULL, line, NULL, NULL, FALSE, DETACHED_PROCESS | flags, NULL, NULL, &startup, &child);
}
int main(int count, char **arguments) {
  const char *part = count > 1 ? arguments[1] : "first";
  char second[] = "C:\\\\tree.exe second", third[] = "C:\\\\tree.exe third";
  note("C:\\\\work\\\\started", part);
  if (strcmp(part, "first") == 0 && start(second, 0)) return 3;
  if (strcmp(part, "second") == 0 || strcmp(part, "leave") == 0) return start(third, 0);
  if (strcmp(part, "outside") == 0 && start(third, CREATE_BREAKAWAY_FROM_JOB)) return 4;
  if (strcmp(part, "third") == 0) note("C:\\\\work\\\\waiting", "");
  while (GetFileAttributesA("C:\\\\work\\\\go") == INVALID_FILE_ATTRIBUTES) Sleep(20);
  note("C:\\\\work\\\\ended", part);
  return 0;
}
`;

/** Has `C:\\work\\busy.txt` open for itself until `C:\\work\\go` is there; makes `C:\\work\\waiting` first. */
export const HOLDER = `#include <windows.h>
static HANDLE make(const char *path, DWORD how) { return CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, how, 0, NULL); }
int main(void) {
  if (make("C:\\\\work\\\\busy.txt", OPEN_EXISTING) == INVALID_HANDLE_VALUE) return 1;
  CloseHandle(make("C:\\\\work\\\\waiting", CREATE_ALWAYS));
  while (GetFileAttributesA("C:\\\\work\\\\go") == INVALID_FILE_ATTRIBUTES) Sleep(20);
  return 0;
}
`;

/**
 * Prints a Japanese line in the code page of its console, each byte by itself, so that characters of two bytes come in pieces. With an
 * argument it is on standard error.
 */
export const JAPANESE = `#include <windows.h>
int main(int count, char **arguments) {
  char bytes[64];
  int length = WideCharToMultiByte(GetConsoleOutputCP(), 0, L"\\x3042\\x30bd \\xff71\\x8868\\r\\n", -1, bytes, sizeof bytes, NULL, NULL);
  HANDLE output = GetStdHandle(count > 1 ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE);
  DWORD written;
  for (int index = 0; index < length - 1; index++, Sleep(20)) WriteFile(output, bytes + index, 1, &written, NULL);
  return 0;
}
`;

/** Prints its arguments, each in brackets, as UTF-8. */
export const ARGUMENTS = `#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <windows.h>
#include <shellapi.h>
int main(void) {
  int count;
  wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
  _setmode(_fileno(stdout), _O_U8TEXT);
  for (int index = 1; index < count; index++) wprintf(L"[%ls]", arguments[index]);
  return 0;
}
`;

/**
 * Stands for PowerShell. A script with `restart once` ends with 3010 the first time in a folder `C:\\work`. For the scripts of UpdateOS
 * there is one update, whose installation asks for a restart and which is not found after that.
 */
export const POWER_SHELL = `#include <stdio.h>
#include <string.h>
#include <windows.h>
#define UPDATE "11111111-0000-0000-0000-000000000000.200"
static int isNew(const char *path) {
  HANDLE file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
  return file != INVALID_HANDLE_VALUE && CloseHandle(file);
}
int main(int count, char **arguments) {
  static char script[65536];
  FILE *file = fopen(arguments[count - 1], "rb");
  if (file == NULL || fread(script, 1, sizeof script - 1, file) == 0) return 9;
  if (strstr(script, "restart once")) return isNew("C:\\\\work\\\\once") ? 3010 : 0;
  if (strstr(script, "$chosen = ")) {
    isNew("C:\\\\work\\\\installed");
    puts("{\\"updates\\":[{\\"id\\":\\"" UPDATE "\\",\\"step\\":\\"install\\",\\"done\\":true,\\"code\\":\\"0x0\\"}],\\"restart\\":true}");
  } else if (GetFileAttributesA("C:\\\\work\\\\installed") == INVALID_FILE_ATTRIBUTES)
    puts("{\\"updates\\":[{\\"id\\":\\"" UPDATE "\\",\\"title\\":\\"Update (KB1)\\",\\"articles\\":[\\"1\\"],\\"asks\\":false}],\\"restart\\":false}");
  else puts("{\\"updates\\":[],\\"restart\\":false}");
  return 0;
}
`;

/** Stands for PowerShell: prints what the commands `Write-Output '...'` of a script print. */
export const PRINTER = `#include <stdio.h>
#include <string.h>
int main(int count, char **arguments) {
  static char script[65536];
  FILE *file = fopen(arguments[count - 1], "rb");
  if (file == NULL || fread(script, 1, sizeof script - 1, file) == 0) return 9;
  for (char *at = script; (at = strstr(at, "Write-Output '")) != NULL;) {
    char *end = strchr(at += 14, 39);
    if (end == NULL) return 9;
    *end = 0;
    puts(at);
    at = end + 1;
  }
  return 0;
}
`;

/** Stands for PowerShell where it is asked for the signature of an installer: that of `C:\\signed.msi` is valid, others have none. */
export const SIGNATURES = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int count, char **arguments) {
  const char *installer = getenv("IMAGEWRIGHT_INSTALLER");
  if (installer == NULL || strstr(arguments[count - 1], "Get-AuthenticodeSignature") == NULL || getenv("PSModulePath") != NULL) return 9;
  puts(strcmp(installer, "C:\\\\signed.msi") == 0 ? "Valid" : "NotSigned");
  return 0;
}
`;
