#ifndef GLASSFORMER_XLSXWRITER_H
#define GLASSFORMER_XLSXWRITER_H
#include <sys/resource.h>
#include <xlsxwriter.h>

/* A sheet that leaves the memory as it is written is an open file: more of them than many systems allow unasked. */
static inline void glassformer_allow_open_files(rlim_t count) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= count) return;
    limit.rlim_cur = limit.rlim_max < count ? limit.rlim_max : count;
    setrlimit(RLIMIT_NOFILE, &limit);
}
#endif
