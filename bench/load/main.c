/* The load: rooms of WebSockets in which one speaks, and everybody's receipt is counted and checked.
 *
 *   load PORT rollscape|plain|socketio
 *
 * Commands come as lines on standard input, each is answered with one line of JSON (times in microseconds):
 *
 *   connect COUNT WINDOW              then COUNT lines ROOM SPEAKS PATH; so many knock at the same time
 *   closed SECONDS IN_FLIGHT          each room keeps so many messages on their way: one comes back, the next goes
 *   open SECONDS RATE                 so many receipts a second are due, on a schedule that waits for nobody;
 *                                     latencies count from the time that was due
 *   join SECONDS RATE COUNT           an open loop; meanwhile COUNT sockets (lines as above) come, one after another
 *   reconnect SECONDS RATE COUNT N    an open loop among the others; the first COUNT sockets are cut and come back at
 *                                     once with `since`, each having missed the last N messages
 *
 * `closed` and `open` say "begin" and "end" on lines of their own, so that somebody else can look at the clock.
 * Messages carry the time and their number in the room: what is missing or comes twice is noticed. One thread, epoll,
 * busy-polling; `busy` is the share of the time in which there was something to do. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "load.h"

struct client clients[MAX_CLIENTS];
struct room rooms[MAX_ROOMS];
struct tally tally;
int client_count, poller, port;
enum dialect dialect;

static const uint64_t LET_IN = 60ull * SECOND; /* until everybody who is not in counts as turned away */

void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

void hear(struct client *c, const char *text, size_t size, uint64_t now) {
    bool message = size > 40 && (!memcmp(text, "{\"event\":\"chat_message\"", 23) ||
                                 !memcmp(text, "42[\"chat_message\"", 17));
    const char *mark = message ? memmem(text, size, "\"@", 2) : NULL;
    if (mark == NULL) return;
    uint64_t stamp = strtoull(mark + 2, NULL, 10);
    uint32_t number = (uint32_t)strtoul(mark + 23, NULL, 10);
    if (number > c->last + 1) tally.lost += number - c->last - 1;
    if (number <= c->last && c->certain) tally.doubled++;
    c->certain = true;
    c->last = number;
    tally.frames++;
    if (stamp >= tally.begin && stamp < tally.end) histogram_add(now - stamp);
    if (c->speaks && tally.in_flight && now < tally.end) client_say(c, now_ns());
}

/* One turn of the loop; waits so many milliseconds for something to happen. */
int turn(int wait) {
    struct epoll_event events[512];
    uint64_t before = now_ns();
    int n = epoll_wait(poller, events, 512, wait);
    bool asked = false;
    for (int i = 0; i < n; i++) {
        if (events[i].data.ptr == NULL) asked = true;
        else client_ready(events[i].data.ptr, events[i].events);
    }
    if (n > 0) tally.busy += now_ns() - before;
    return asked ? -1 : n;
}

void run_until(uint64_t until) {
    while (now_ns() < until) turn(0);
}

/* Until nothing has come for so long, but no longer than ten times that. */
static void run_until_quiet(uint64_t quiet) {
    uint64_t first = now_ns(), last = first;
    for (uint64_t now = first; now - last < quiet && now - first < 10 * quiet; now = now_ns())
        if (turn(0) > 0) last = now;
}

void add_client(void) {
    static char path[3000];
    int room, speaks;
    if (client_count == MAX_CLIENTS || scanf("%d %d %2999s", &room, &speaks, path) != 3) fail("a line of a client");
    struct client *c = &clients[client_count++];
    *c = (struct client){.room = room, .speaks = speaks, .path = strdup(path)};
    if (speaks) rooms[room].speaker = c;
}

/* Connect these, so many at a time; how many are seated when all are, one was turned away, or time is up. */
static int connect_all(int first, int count, int window) {
    uint64_t until = now_ns() + LET_IN;
    int next = first, seated = 0;
    bool refused = false;
    for (; seated < count && !refused && now_ns() < until; turn(0)) {
        seated = 0;
        for (int i = first; i < next; i++) {
            refused = refused || clients[i].state == CLOSED;
            seated += clients[i].seated > 0;
        }
        for (int waiting = next - first - seated; next < first + count && waiting < window; waiting++)
            client_open(&clients[next++], NULL);
    }
    run_until_quiet(SECOND / 2);
    return seated;
}

static void obey(void) {
    char verb[20];
    double seconds, rate;
    int count, other;
    if (scanf("%19s", verb) != 1) exit(0);
    if (!strcmp(verb, "connect") && scanf("%d %d", &count, &other) == 2) {
        int first = client_count;
        for (int i = 0; i < count; i++) add_client();
        begin_phase(0);
        uint64_t start = now_ns();
        int seated = connect_all(first, count, other);
        printf("{\"seated\": %d, \"seconds\": %.3f}\n", seated, (double)(now_ns() - start) / SECOND);
    } else if (!strcmp(verb, "closed") && scanf("%lf %d", &seconds, &count) == 2) {
        measure(seconds, count, 0);
    } else if (!strcmp(verb, "open") && scanf("%lf %lf", &seconds, &rate) == 2) {
        measure(seconds, 0, rate);
    } else if (!strcmp(verb, "join") && scanf("%lf %lf %d", &seconds, &rate, &count) == 3) {
        join(seconds, rate, count);
    } else if (!strcmp(verb, "reconnect") && scanf("%lf %lf %d %d", &seconds, &rate, &count, &other) == 4) {
        reconnect(seconds, rate, count, (unsigned)other);
    } else {
        fail(verb);
    }
    fflush(stdout);
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    struct rlimit files = {0};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    port = atoi(argv[1]);
    dialect = !strcmp(argv[2], "rollscape") ? ROLLSCAPE : !strcmp(argv[2], "socketio") ? SOCKETIO : PLAIN;
    poller = epoll_create1(0);
    struct epoll_event commands = {.events = EPOLLIN};
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &commands);
    for (;;)
        if (turn(-1) < 0) obey();
}
