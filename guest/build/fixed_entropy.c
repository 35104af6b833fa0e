/* Replaces the random numbers that the componentizer's process asks of the system, so that the hash secret baked into
 * the pre-initialised interpreter is the same in every build: set order, and with it every verdict, does not depend on
 * where the component was built. Loaded by LD_PRELOAD for that one process. */
#include <stddef.h>
#include <sys/types.h>

static void fill(unsigned char *at, size_t length) {
    for (size_t i = 0; i < length; i++) at[i] = (unsigned char)(i * 37 + 11);
}

ssize_t getrandom(void *buffer, size_t length, unsigned flags) {
    (void)flags;
    fill(buffer, length);
    return (ssize_t)length;
}

int getentropy(void *buffer, size_t length) {
    fill(buffer, length);
    return 0;
}
