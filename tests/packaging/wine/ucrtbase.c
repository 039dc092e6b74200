/* What NumPy needs of Windows' C library and Wine 8 has not; all else is passed on to Wine's own (prefix.py).
 *
 * And one thing that Windows does by itself: Linux grants the AMX registers only to a process that asks for them, which
 * onnxruntime does in its Linux build alone. A processor without them, or an older Linux, answers no, and that is well.
 */
typedef struct { float real, imaginary; } complex_float;
typedef struct { double real, imaginary; } complex_double;

__declspec(dllexport) float crealf(complex_float z) { return z.real; }
__declspec(dllexport) float cimagf(complex_float z) { return z.imaginary; }
__declspec(dllexport) double creal(complex_double z) { return z.real; }
__declspec(dllexport) double cimag(complex_double z) { return z.imaginary; }
__declspec(dllexport) double creall(complex_double z) { return z.real; }
__declspec(dllexport) double cimagl(complex_double z) { return z.imaginary; }

enum { PROCESS_ATTACH = 1, ARCH_PRCTL = 158, ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };

int __stdcall DllMain(void *module, unsigned long why, void *reserved)
{
    (void)module, (void)reserved;
    if (why == PROCESS_ATTACH) {
        long answer = ARCH_PRCTL;
        __asm__ volatile("syscall"
                         : "+a"(answer)
                         : "D"((long)ARCH_REQ_XCOMP_PERM), "S"((long)XFEATURE_XTILEDATA)
                         : "rcx", "r11", "memory");
    }
    return 1;
}
