/* The phases: what is said when, what is counted, and the answer. */
#include <stdio.h>
#include <string.h>

#include "load.h"

static const uint64_t WARM_UP = SECOND / 2, SETTLING = SECOND / 20, PATIENCE = 3ull * SECOND;

/* The open loop's clock: says what is due. */
struct schedule {
    uint64_t start, every, count;
    int room;
};

static void say_what_is_due(struct schedule *s, uint64_t until) {
    uint64_t due;
    while ((due = s->start + s->count * s->every) <= now_ns() && due < until) {
        uint64_t before = now_ns();
        do s->room = (s->room + 1) % MAX_ROOMS;
        while (!rooms[s->room].speaker || rooms[s->room].quiet);
        if (before - due > tally.behind) tally.behind = before - due;
        if (rooms[s->room].speaker->state == OPEN) client_say(rooms[s->room].speaker, due);
        s->count++;
        tally.busy += now_ns() - before;
    }
}

static uint64_t missing(void) {
    uint64_t count = 0;
    for (int i = 0; i < client_count; i++) count += rooms[clients[i].room].said - clients[i].last;
    return count;
}

/* Hear out what was said; what then has not come is lost. */
static void drain(void) {
    uint64_t last = now_ns(), left = missing();
    while (left && now_ns() - last < PATIENCE) {
        run_until(now_ns() + SECOND / 100);
        uint64_t now_left = missing();
        if (now_left != left) last = now_ns();
        left = now_left;
    }
    tally.lost += left;
    for (int i = 0; i < client_count; i++) clients[i].last = rooms[clients[i].room].said;
}

static double us(uint64_t ns) { return (double)ns / 1000; }

static void answer(uint64_t frames, uint64_t took, uint64_t busy, const char *more) {
    printf("{\"frames\": %llu, \"seconds\": %.4f, \"busy\": %.3f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"max_us\": %.1f, "
           "\"said\": %llu, \"behind_us\": %.1f, \"lost\": %llu, \"doubled\": %llu, \"closed\": %llu%s}\n",
           (unsigned long long)frames, (double)took / SECOND, (double)busy / (double)took, us(histogram_at(0.5)),
           us(histogram_at(0.99)), us(histogram_max()), (unsigned long long)tally.said, us(tally.behind),
           (unsigned long long)tally.lost, (unsigned long long)tally.doubled, (unsigned long long)tally.closed, more);
}

void begin_phase(int in_flight) {
    tally = (struct tally){.in_flight = in_flight, .begin = UINT64_MAX, .end = UINT64_MAX};
    histogram_clear();
}

/* Both loops: warm up, say "begin", measure, say "end", hear out. */
void measure(double seconds, int in_flight, double rate) {
    begin_phase(in_flight);
    int members = 0, speakers = 0;
    for (int i = 0; i < client_count; i++) members++, speakers += clients[i].speaks;
    uint64_t every = in_flight ? 0 : (uint64_t)(SECOND / rate * members / speakers);
    uint64_t start = now_ns(), begin = start + WARM_UP, end = begin + (uint64_t)(seconds * SECOND);
    struct schedule schedule = {.start = start, .every = every};
    for (int i = 0; i < client_count && in_flight; i++)
        for (int k = 0; clients[i].speaks && clients[i].state == OPEN && k < in_flight; k++)
            client_say(&clients[i], now_ns());
    bool begun = false;
    uint64_t frames = 0, busy = 0, now;
    while ((now = now_ns()) < end) {
        if (!begun && now >= begin) {
            begun = true, begin = now, frames = tally.frames, busy = tally.busy;
            puts("begin"), fflush(stdout);
            tally.begin = now + SETTLING; /* who was waiting for this line looks at its clock on this core */
        }
        turn(0);
        if (!in_flight) say_what_is_due(&schedule, end);
    }
    tally.end = now;
    puts("end"), fflush(stdout);
    frames = tally.frames - frames, busy = tally.busy - busy;
    drain();
    answer(frames, now - begin, busy, "");
}

static char times[1 << 16];

/* `, "came_us": [...]`: from connecting until seated, or until caught up. */
static const char *times_of(int first, int count) {
    char *at = times + sprintf(times, ", \"came_us\": [");
    for (int i = first; i < first + count; i++)
        at += sprintf(at, "%s%.0f", i > first ? ", " : "", clients[i].seated ? us(clients[i].seated - clients[i].began) : -1.0);
    strcpy(at, "]");
    return times;
}

void join(double seconds, double rate, int count) {
    int first = client_count, next = first, members = client_count, speakers = 0;
    for (int i = 0; i < client_count; i++) speakers += clients[i].speaks;
    for (int i = 0; i < count; i++) add_client();
    client_count = first; /* they count from when they have come */
    begin_phase(0);
    uint64_t start = now_ns(), end = start + (uint64_t)(seconds * SECOND), spacing = (end - start) / (uint64_t)(count + 1);
    struct schedule schedule = {.start = start, .every = (uint64_t)(SECOND / rate * members / speakers)};
    tally.begin = start;
    while (now_ns() < end) {
        if (next < first + count && now_ns() >= start + (uint64_t)(next - first + 1) * spacing) {
            client_open(&clients[next++], NULL);
            client_count = next;
        }
        turn(0);
        say_what_is_due(&schedule, end);
    }
    tally.end = end;
    drain();
    answer(tally.frames, end - start, tally.busy, times_of(first, count));
}

static bool all_back(int count) {
    bool all = true;
    for (int i = 0; i < count; i++) {
        struct client *c = &clients[i];
        if (c->caught_up) continue;
        if (c->seated && c->last == rooms[c->room].said) c->caught_up = true, c->seated = now_ns();
        all = all && c->caught_up;
    }
    return all;
}

void reconnect(double seconds, double rate, int count, unsigned missed) {
    int members = client_count - count, speakers = 0;
    char since[32];
    begin_phase(0);
    for (int i = count; i < client_count; i++) speakers += clients[i].speaks;
    uint64_t start = now_ns(), cut = start + WARM_UP, end = cut + (uint64_t)(seconds * SECOND), back = 0;
    struct schedule schedule = {.start = start, .every = (uint64_t)(SECOND / rate * members / speakers)};
    for (int i = 0; i < count; i++) rooms[clients[i].room].quiet = true;
    for (uint64_t now; (now = now_ns()) < end && !back;) {
        if (now >= cut && tally.begin == UINT64_MAX) {
            for (int i = 0; i < count; i++) {
                client_close(&clients[i]);
                clients[i].last = rooms[clients[i].room].said - missed;
            }
            tally.begin = now;
            for (int i = 0; i < count; i++) {
                snprintf(since, sizeof since, "&since=%u", clients[i].last);
                client_open(&clients[i], since);
                clients[i].began = now;
            }
        }
        turn(0);
        say_what_is_due(&schedule, end);
        if (tally.begin != UINT64_MAX && all_back(count)) back = now_ns();
    }
    tally.end = back ? back : end;
    drain();
    for (int i = 0; i < count; i++) rooms[clients[i].room].quiet = false;
    answer(tally.frames, now_ns() - start, tally.busy, times_of(0, count));
}
