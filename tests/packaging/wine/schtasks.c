/* Wine 8 keeps a task without what it starts, and says nothing when asked for one. This keeps the XML as it came, gives
   it back, and lets go of it: /Create /TN NAME /XML FILE /F, /Query /TN NAME /XML, /Delete /TN NAME /F. */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

static const wchar_t *after(int count, wchar_t **words, const wchar_t *option) {
    for (int at = 2; at + 1 < count; at++)
        if (!_wcsicmp(words[at], option)) return words[at + 1];
    return L"";
}

int wmain(int count, wchar_t **words) {
    wchar_t kept[MAX_PATH] = L"C:\\windows\\tasks\\";
    size_t begins = wcslen(kept);
    if (count < 4) return 1;
    wcsncat(kept, after(count, words, L"/TN"), 100);
    for (wchar_t *at = kept + begins; *at; at++)
        if (*at == L'\\') *at = L' ';
    wcscat(kept, L".xml");
    if (!_wcsicmp(words[1], L"/Create")) return !CopyFileW(after(count, words, L"/XML"), kept, FALSE);
    if (!_wcsicmp(words[1], L"/Delete")) return !DeleteFileW(kept);
    if (_wcsicmp(words[1], L"/Query")) return 1;
    HANDLE file = CreateFileW(kept, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 1;
    char piece[4096];
    DWORD size, gone;
    while (ReadFile(file, piece, sizeof piece, &size, NULL) && size)
        WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), piece, size, &gone, NULL);
    CloseHandle(file);
    return 0;
}
