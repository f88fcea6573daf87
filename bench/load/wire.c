/* One client's wire: connecting, WebSocket frames (RFC 6455), and as much of Engine.IO 4 as Socket.IO needs. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10, BUFFER = 1 << 20 };

static unsigned char buffer[BUFFER];

static void write_all(struct client *c, const void *data, size_t size) {
    ssize_t n = send(c->fd, data, size, MSG_NOSIGNAL);
    if (n == (ssize_t)size) return;
    if (n >= 0 || errno == EAGAIN) fail("a server does not read"); /* what is said is small and soon taken */
    client_close(c);
    tally.closed++;
}

static void send_frame(struct client *c, int opcode, const void *data, size_t size) {
    unsigned char frame[600] = {(unsigned char)(0x80 | opcode)};
    size_t head = 2;
    if (size > sizeof frame - 8) return;
    frame[1] = 0x80 | (unsigned char)size;
    if (size > 125) {
        frame[1] = 0x80 | 126;
        frame[2] = (unsigned char)(size >> 8);
        frame[3] = (unsigned char)size;
        head = 4;
    }
    memset(frame + head, 0, 4); /* the mask: zeros, which a server has to apply like any other */
    memcpy(frame + head + 4, data, size);
    write_all(c, frame, head + 4 + size);
}

void client_open(struct client *c, const char *more) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    char request[4096];
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) fail("socket");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    c->state = CONNECTING;
    c->began = now_ns();
    c->seated = 0;
    c->caught_up = false;
    c->rest_size = 0;
    if (connect(c->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) fail("connect");
    if (more) { /* the same address with something added to its query */
        snprintf(request, sizeof request, "%s%s", c->path, more);
        free(c->path);
        c->path = strdup(request);
    }
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event);
}

void client_close(struct client *c) {
    if (c->state == CLOSED) return;
    close(c->fd);
    c->state = CLOSED;
}

static void seat(struct client *c, uint64_t now) {
    if (c->seated) return;
    c->seated = now;
    if (!c->certain) c->last = rooms[c->room].said; /* what was said before is no business of its own */
}

static void ask(struct client *c) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        errno = error;
        fail("connect");
    }
    char request[4096];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                          c->path, port);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &event);
    c->state = SHAKING_HANDS;
    write_all(c, request, (size_t)length);
}

static void take_text(struct client *c, const char *text, size_t size, uint64_t now) {
    if (dialect == SOCKETIO) {
        if (text[0] == '0') return send_frame(c, TEXT, "40", 2);
        if (text[0] == '2') return send_frame(c, TEXT, "3", 1);
        if (size >= 2 && !memcmp(text, "40", 2)) return seat(c, now);
    } else if (dialect == ROLLSCAPE && size > 23 && !memcmp(text, "{\"event\":\"player_list\"", 22)) {
        return seat(c, now);
    }
    hear(c, text, size, now);
}

/* Bytes of the answer to the handshake, 0 while it is not whole. */
static size_t shake_hands(struct client *c, const unsigned char *data, size_t size, uint64_t now) {
    const unsigned char *end = memmem(data, size, "\r\n\r\n", 4);
    if (end == NULL) return 0;
    if (memcmp(data, "HTTP/1.1 101", 12)) {
        fprintf(stderr, "refused: %.*s\n", 60, (const char *)data);
        exit(1);
    }
    c->state = OPEN;
    if (dialect == PLAIN) seat(c, now);
    return (size_t)(end - data) + 4;
}

/* Bytes of the frame at `data`, 0 while it is not whole. */
static size_t take_frame(struct client *c, unsigned char *data, size_t size, uint64_t now) {
    if (size < 2) return 0;
    size_t length = data[1] & 127, head = 2;
    if (length == 126) {
        head = 4;
        if (size < head) return 0;
        length = (size_t)data[2] << 8 | data[3];
    } else if (length == 127) {
        head = 10;
        if (size < head) return 0;
        length = 0;
        for (int i = 2; i < 10; i++) length = length << 8 | data[i];
    }
    if (head + length > BUFFER) fail("a frame is too large");
    if (size < head + length) return 0;
    switch (data[0] & 15) {
    case TEXT: take_text(c, (char *)data + head, length, now); break;
    case PING: send_frame(c, PONG, data + head, length); break;
    case CLOSE:
        fprintf(stderr, "a socket was closed: %d\n", length >= 2 ? data[head] << 8 | data[head + 1] : 1005);
        client_close(c);
        tally.closed++;
    }
    return head + length;
}

void client_ready(struct client *c, uint32_t events) {
    if (c->state == CLOSED) return;
    if (c->state == CONNECTING) {
        if (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) ask(c);
        return;
    }
    memcpy(buffer, c->rest, c->rest_size);
    ssize_t n = read(c->fd, buffer + c->rest_size, BUFFER - c->rest_size);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
        fprintf(stderr, "a socket was cut\n");
        client_close(c);
        tally.closed++;
        return;
    }
    uint64_t now = now_ns();
    size_t at = 0, size = c->rest_size + (size_t)n, taken = 1;
    while (taken && at < size && c->state != CLOSED) {
        taken = c->state == OPEN ? take_frame(c, buffer + at, size - at, now) : shake_hands(c, buffer, size, now);
        at += taken;
    }
    if (at < size || c->rest_size) {
        c->rest_size = size - at;
        c->rest = realloc(c->rest, c->rest_size + 1);
        memcpy(c->rest, buffer + at, c->rest_size);
    }
}

void client_say(struct client *c, uint64_t stamp) {
    static const char *lamp = "The lamp burns low and something scratches at the door, twice, then waits.";
    char text[400];
    const char *form = dialect == SOCKETIO
                           ? "42[\"chat_message\",{\"message\":\"@%020llu#%010u %s\"}]"
                           : "{\"event\":\"chat_message\",\"data\":{\"message\":\"@%020llu#%010u %s\"}}";
    unsigned number = ++rooms[c->room].said;
    send_frame(c, TEXT, text, (size_t)snprintf(text, sizeof text, form, (unsigned long long)stamp, number, lamp));
    tally.said++;
}
