/* Starts Two Hats: loads the Python beside it and hands it the arguments, in this one process.
 *
 * Built twice. TwoHats.exe has no console; bin\twohats.exe is for the command line and lies one folder deeper, since
 * Windows does not tell the two names apart. */

#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#ifndef PYTHON_NAME
#error "PYTHON_NAME is the runtime's library without its ending, such as L\"python313\""
#endif

#define LONGEST 32768
#define CANNOT_START 4

typedef int (*py_main)(int, wchar_t **);

static const wchar_t *OPTIONS[] = {L"-I", L"-B", L"-X", L"utf8", L"-m", L"twohats"};
enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS };

static int refuse(const wchar_t *sentence)
{
#ifdef WITH_CONSOLE
    fwprintf(stderr, L"%ls\n", sentence);
#else
    MessageBoxW(NULL, sentence, L"Two Hats", MB_OK | MB_ICONERROR);
#endif
    return CANNOT_START;
}

/* Cuts the last part of a path off. */
static int step_up(wchar_t *path)
{
    wchar_t *last = wcsrchr(path, L'\\');
    if (!last)
        return 0;
    *last = 0;
    return 1;
}

static int run(int count, wchar_t **arguments)
{
    static wchar_t program[LONGEST], folder[LONGEST], library[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, program, LONGEST);
    if (length == 0 || length >= LONGEST - 64)
        return refuse(L"Two Hats lies in a folder whose name is too long.");
    wcscpy(folder, program);
    step_up(folder);
#ifdef WITH_CONSOLE
    step_up(folder);
#endif

    /* Libraries come from the installation and from Windows; never from the folder one happens to stand in. */
    SetDllDirectoryW(L"");
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32 | LOAD_LIBRARY_SEARCH_USER_DIRS);
    AddDllDirectory(folder);
    wcscpy(library, folder);
    wcscat(library, L"\\" PYTHON_NAME L".dll");
    HMODULE python = LoadLibraryExW(library, NULL,
                                    LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    py_main start = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!start)
        return refuse(L"Two Hats is not whole here. Install it again; your drafts and records stay.");

    wchar_t **words = calloc((size_t)count + OPTION_COUNT + 1, sizeof *words);
    if (!words)
        return refuse(L"There is not enough memory to start Two Hats.");
    words[0] = program;
    for (int i = 0; i < OPTION_COUNT; i++)
        words[1 + i] = (wchar_t *)OPTIONS[i];
    for (int i = 1; i < count; i++)
        words[OPTION_COUNT + i] = arguments[i];
    int code = start(OPTION_COUNT + (count > 0 ? count : 1), words);
#ifndef WITH_CONSOLE
    /* The window ends with 0. Python ends with 1 when our own code could not be loaded, and has nobody to tell. */
    if (code == 1 && count < 2)
        return refuse(L"Two Hats could not start. Install it again; your drafts and records stay.");
#endif
    return code;
}

#ifdef WITH_CONSOLE
int wmain(int count, wchar_t **arguments)
{
    return run(count, arguments);
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int shown)
{
    (void)instance, (void)before, (void)line, (void)shown;
    return run(__argc, __wargv);
}
#endif
