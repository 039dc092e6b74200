/* Qt asks for the screen's colour profile as it starts; Wine 8 stops the program in the middle of answering. */
#define NOTHING(name) __declspec(dllexport) void *name(void) { return 0; }

NOTHING(CloseColorProfile)
NOTHING(GetColorProfileFromHandle)
NOTHING(OpenColorProfileW)
NOTHING(WcsCreateIccProfile)
