/*
 * floor: the least work a hub can do that sends once per reader and event.
 *
 *   cc -O2 -o floor floor.c && ./floor PORT
 *
 * One thread, level-triggered epoll. A GET becomes a stream of Server-Sent Events; the body of a POST goes to every
 * stream as one event, with one send() each, and the POST is answered. No topics, no ids that mean anything, no history,
 * no heartbeat, no queue: what a full socket does not take is lost. It is a measure, not a server.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_FILES = 1 << 20, REQUEST_BYTES = 1 << 14, READY_AT_ONCE = 256 };

struct request {
    size_t length;
    char bytes[REQUEST_BYTES + 1];
};

static struct request *requests[MOST_FILES]; /* by descriptor, while it is read */
static int place_of[MOST_FILES];             /* by descriptor, one more than its place among the readers */
static int readers[MOST_FILES];
static int reader_count;
static int poller;
static long event_number;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void listen_to(int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl");
}

static int open_port(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
    if (listen(fd, SOMAXCONN) < 0) fail("listen");
    return fd;
}

static void accept_all(int port) {
    int fd, yes = 1;
    while ((fd = accept4(port, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        requests[fd] = calloc(1, sizeof *requests[fd]);
        listen_to(fd);
    }
}

static void forget_request(int fd) {
    free(requests[fd]);
    requests[fd] = NULL;
}

/* The last reader takes the place of the one that goes. */
static void hang_up(int fd) {
    if (place_of[fd] > 0) {
        int last = readers[--reader_count];
        readers[place_of[fd] - 1] = last;
        place_of[last] = place_of[fd];
        place_of[fd] = 0;
    }
    forget_request(fd);
    close(fd);
}

static void begin_stream(int fd) {
    static const char head[] =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    send(fd, head, sizeof head - 1, MSG_NOSIGNAL);
    forget_request(fd);
    readers[reader_count++] = fd;
    place_of[fd] = reader_count;
}

static void send_to_all(const char *data, int length) {
    static char event[REQUEST_BYTES + 64], chunk[REQUEST_BYTES + 128];
    int bytes = snprintf(event, sizeof event, "id: %022ld\ndata: %.*s\n\n", ++event_number, length, data);
    int whole = snprintf(chunk, sizeof chunk, "%x\r\n%.*s\r\n", bytes, bytes, event);
    for (int i = 0; i < reader_count; i++) send(readers[i], chunk, whole, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Does nothing while the body is not all there. */
static void publish(int fd, struct request *request, const char *body) {
    static const char answer[] = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
    const char *field = strcasestr(request->bytes, "\r\ncontent-length:");
    size_t length = field && field < body ? strtoul(field + 17, NULL, 10) : 0;
    if (request->bytes + request->length < body + length) return;
    send_to_all(body, (int)length);
    send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL);
    request->length = 0;
}

static void read_request(int fd) {
    struct request *request = requests[fd];
    ssize_t got = recv(fd, request->bytes + request->length, REQUEST_BYTES - request->length, 0);
    if (got <= 0) {
        hang_up(fd);
        return;
    }
    request->length += got;
    request->bytes[request->length] = 0;
    char *end = strstr(request->bytes, "\r\n\r\n");
    if (end && !strncmp(request->bytes, "GET ", 4)) begin_stream(fd);
    else if (end) publish(fd, request, end + 4);
}

/* A reader has nothing to say but that it leaves. */
static void read_reader(int fd) {
    char nothing[256];
    if (recv(fd, nothing, sizeof nothing, 0) <= 0) hang_up(fd);
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: %s PORT\n", arguments[0]);
        return 2;
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < MOST_FILES ? files.rlim_max : MOST_FILES;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);

    poller = epoll_create1(0);
    int port = open_port(atoi(arguments[1]));
    listen_to(port);
    for (;;) {
        struct epoll_event ready[READY_AT_ONCE];
        int n = epoll_wait(poller, ready, READY_AT_ONCE, -1);
        for (int i = 0; i < n; i++) {
            int fd = ready[i].data.fd;
            if (fd == port) accept_all(port);
            else if (requests[fd]) read_request(fd);
            else read_reader(fd);
        }
    }
}
