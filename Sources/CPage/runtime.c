/* What Embedded Swift's library asks of its surroundings and Debian's C library for WebAssembly does not have. */
#include <stdlib.h>

/* Seeds of hashing: a page has no attacker but its reader, and the same run twice is easier to understand. */
void arc4random_buf(void *to, size_t count) {
    unsigned char *bytes = to;
    for (size_t place = 0; place < count; place++) bytes[place] = (unsigned char)(17 * place + 5);
}

void __stack_chk_fail(void) { __builtin_trap(); }

const char *_swift_stdlib_strtod_clocale(const char *text, double *to) {
    char *end;
    *to = strtod(text, &end);
    return end == text ? 0 : end;
}

const char *_swift_stdlib_strtof_clocale(const char *text, float *to) {
    char *end;
    *to = strtof(text, &end);
    return end == text ? 0 : end;
}
