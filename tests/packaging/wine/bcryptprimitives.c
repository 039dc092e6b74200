/* Rust's standard library takes its randomness from here; Wine 8 has no such library. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(void *to, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *to, SIZE_T length)
{
    return SystemFunction036(to, (ULONG)length);
}
