/* Latencies: 128 buckets for each power of two, so that any is known to 1 % (after HdrHistogram). */
#include <string.h>
#include <time.h>

#include "load.h"

enum { BITS = 7, BUCKETS = 1 << BITS };

static uint64_t counts[64 * BUCKETS], total, largest;

uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void histogram_clear(void) {
    memset(counts, 0, sizeof counts);
    total = largest = 0;
}

void histogram_add(uint64_t ns) {
    int shift = ns < BUCKETS ? 0 : 64 - __builtin_clzll(ns) - BITS;
    counts[(uint64_t)shift * BUCKETS + (ns >> shift)]++;
    total++;
    if (ns > largest) largest = ns;
}

uint64_t histogram_at(double share) {
    uint64_t wanted = (uint64_t)(share * (double)total), seen = 0;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        seen += counts[i];
        if (seen > wanted) return (uint64_t)(i % BUCKETS) << (i / BUCKETS);
    }
    return largest;
}

uint64_t histogram_max(void) { return largest; }
