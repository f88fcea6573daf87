/* The load: what its parts share. One thread; times are nanoseconds of CLOCK_MONOTONIC. */
#ifndef LOAD_H
#define LOAD_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECOND 1000000000u

enum { MAX_CLIENTS = 20000, MAX_ROOMS = 2000 };

enum dialect { PLAIN, ROLLSCAPE, SOCKETIO }; /* PLAIN: ROLLSCAPE without a word at the door */

enum state { CLOSED, CONNECTING, SHAKING_HANDS, OPEN };

struct client {
    int fd, room;
    enum state state;
    bool speaks, caught_up;
    bool certain;       /* it has heard a message, or none were said before it came */
    uint32_t last;      /* number of the last message it heard */
    uint64_t began;     /* when it began to connect */
    uint64_t seated;    /* when it was let in, as its dialect says */
    char *path;
    unsigned char *rest; /* the beginning of a frame whose end has not come */
    size_t rest_size;
};

struct room {
    struct client *speaker;
    uint32_t said;  /* messages that were said in it; the last one's number */
    bool quiet;     /* nobody speaks in it during this phase */
};

struct tally {      /* of one phase */
    uint64_t begin, end;   /* latencies count of what was said between */
    uint64_t frames;       /* received, of messages */
    uint64_t said;
    uint64_t lost, doubled;
    uint64_t closed;       /* sockets that the server closed */
    uint64_t busy;         /* time in which there was something to do */
    uint64_t behind;       /* the furthest that a message was said after its time */
    int in_flight;         /* 0: open loop */
};

extern struct client clients[MAX_CLIENTS];
extern struct room rooms[MAX_ROOMS];
extern struct tally tally;
extern int client_count, poller, port;
extern enum dialect dialect;

/* clock and histogram */
uint64_t now_ns(void);
void histogram_clear(void);
void histogram_add(uint64_t ns);
uint64_t histogram_at(double share);
uint64_t histogram_max(void);

/* one client's wire */
void client_open(struct client *client, const char *more);
void client_close(struct client *client);
void client_ready(struct client *client, uint32_t events);
void client_say(struct client *client, uint64_t stamp);

/* the loop */
int turn(int wait);
void run_until(uint64_t until);
void add_client(void);
void hear(struct client *client, const char *text, size_t size, uint64_t now);
_Noreturn void fail(const char *what);

/* the phases */
void begin_phase(int in_flight);
void measure(double seconds, int in_flight, double rate);
void join(double seconds, double rate, int count);
void reconnect(double seconds, double rate, int count, unsigned missed);
#endif
