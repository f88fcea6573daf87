/* The load: rooms of WebSockets in which one speaks, and everybody's receipt is counted.
 *
 *   load PORT SECONDS IN_FLIGHT < sockets
 *
 * Each line of standard input is one socket: ROOM SPEAKS PATH. The speaker of a room keeps IN_FLIGHT messages on
 * their way (a closed loop): each that comes back to it is followed by the next. Counts text frames that hold
 * "chat_message"; prints frames, seconds, the p50 and p99 of send to each receipt in microseconds, and the
 * share of its core that this program used. Send times travel inside the messages. One thread, epoll, busy-polling. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 1 << 17, SAMPLES = 1 << 22 };

struct client {
    int fd, room, speaks, used;
    unsigned char *buffer;
};

static uint32_t latencies[SAMPLES];
static long frames, sampled;
static int counting;

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void write_all(int fd, const void *data, size_t size) {
    const char *at = data;
    while (size > 0) {
        ssize_t n = write(fd, at, size);
        if (n < 0 && errno == EAGAIN) continue;
        if (n <= 0) fail("write");
        at += n;
        size -= (size_t)n;
    }
}

static int open_socket(int port, const char *path) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    char request[4096], answer[4096];
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                        path, port);
    write_all(fd, request, (size_t)size);
    int got = 0;
    while (got < 4 || memcmp(answer + got - 4, "\r\n\r\n", 4)) { /* byte by byte: frames may follow at once */
        if (got == sizeof answer || read(fd, answer + got, 1) != 1) fail("handshake");
        got++;
    }
    if (memcmp(answer, "HTTP/1.1 101", 12)) {
        fprintf(stderr, "refused: %.*s\n", 60, answer);
        exit(1);
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

static void speak(struct client *c) {
    char text[256], frame[300];
    int size = snprintf(text, sizeof text,
                        "{\"event\":\"chat_message\",\"data\":{\"message\":\"@%020llu "
                        "The lamp burns low and something scratches at the door, twice, then waits.\"}}",
                        (unsigned long long)now_ns());
    frame[0] = (char)0x81;
    frame[1] = (char)(0x80 | 126);
    frame[2] = (char)(size >> 8);
    frame[3] = (char)size;
    memset(frame + 4, 0, 4); /* the mask: zeros */
    memcpy(frame + 8, text, (size_t)size);
    write_all(c->fd, frame, (size_t)size + 8);
}

static void hear(struct client *c, const unsigned char *text, size_t size) {
    const char *mark = memmem(text, size, "\"chat_message\"", 14) ? memmem(text, size, "\"@", 2) : NULL;
    if (mark == NULL) return;
    if (counting) {
        frames++;
        if (sampled < SAMPLES) latencies[sampled++] = (uint32_t)((now_ns() - strtoull(mark + 2, NULL, 10)) / 1000);
    }
    if (c->speaks) speak(c);
}

static void receive(struct client *c) {
    ssize_t n = read(c->fd, c->buffer + c->used, (size_t)(BUFFER - c->used));
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
        fprintf(stderr, "a socket was closed\n");
        exit(1);
    }
    c->used += (int)n;
    int at = 0;
    while (c->used - at >= 2) {
        unsigned char *frame = c->buffer + at;
        size_t size = frame[1] & 127, head = 2;
        if (size == 126) {
            head = 4;
            if (c->used - at < 4) break;
            size = (size_t)frame[2] << 8 | frame[3];
        } else if (size == 127) {
            fprintf(stderr, "a frame is too large\n");
            exit(1);
        }
        if ((size_t)(c->used - at) < head + size) break;
        if ((frame[0] & 15) == 1) hear(c, frame + head, size);
        if ((frame[0] & 15) == 8) {
            fprintf(stderr, "a socket was closed: %d\n", frame[head] << 8 | frame[head + 1]);
            exit(1);
        }
        at += (int)(head + size);
    }
    memmove(c->buffer, c->buffer + at, (size_t)(c->used - at));
    c->used -= at;
}

static void run(int poll, uint64_t until) {
    struct epoll_event events[256];
    while (now_ns() < until) {
        int n = epoll_wait(poll, events, 256, 0);
        for (int i = 0; i < n; i++) receive(events[i].data.ptr);
    }
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static double cpu(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int port = atoi(argv[1]), in_flight = atoi(argv[3]), count = 0, poll = epoll_create1(0);
    double seconds = atof(argv[2]);
    static struct client clients[20000];
    char path[2048];
    while (count < 20000 && scanf("%d %d %2047s", &clients[count].room, &clients[count].speaks, path) == 3) {
        struct client *c = &clients[count++];
        c->buffer = malloc(BUFFER);
        c->fd = open_socket(port, path);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(poll, EPOLL_CTL_ADD, c->fd, &event);
        run(poll, now_ns()); /* drain what has come, so that nobody's buffer grows */
        if (count % 50 == 0) run(poll, now_ns() + 20000000u);
    }
    run(poll, now_ns() + 1500000000u); /* everybody has joined and heard who else did */
    for (int i = 0; i < count; i++)
        for (int k = 0; clients[i].speaks && k < in_flight; k++) speak(&clients[i]);
    run(poll, now_ns() + 500000000u); /* warm up */
    printf("begin\n"), fflush(stdout);
    uint64_t begin = now_ns();
    double used = cpu();
    counting = 1;
    run(poll, begin + (uint64_t)(seconds * 1e9));
    double took = (double)(now_ns() - begin) / 1e9;
    printf("end\n"), fflush(stdout);
    qsort(latencies, (size_t)sampled, sizeof *latencies, ascending);
    printf("{\"frames\": %ld, \"seconds\": %.3f, \"p50_us\": %u, \"p99_us\": %u, \"busy\": %.2f}\n", frames, took,
           sampled ? latencies[sampled / 2] : 0, sampled ? latencies[sampled * 99 / 100] : 0, (cpu() - used) / took);
    return 0;
}
