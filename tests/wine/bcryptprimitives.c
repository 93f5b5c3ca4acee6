/* bcryptprimitives.dll for Wine 8, which lacks it. Go's runtime (1.22 and later) loads it at start
 * for its one function: random bytes that cannot fail. SystemFunction036 is the exported name of
 * RtlGenRandom. */

#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
  while (length > 0) {
    const ULONG chunk = length < 0x10000000 ? (ULONG)length : 0x10000000;
    if (!SystemFunction036(data, chunk)) {
      return FALSE;
    }
    data += chunk;
    length -= chunk;
  }
  return TRUE;
}
