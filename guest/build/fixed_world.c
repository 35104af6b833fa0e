/* Shows the componentizer a machine that is the same everywhere. It starts the interpreter and stores its memory in the
 * component, so whatever that sees ends up there: the hash secret and with it the order of sets, and where objects lie
 * and with that how much fuel a program uses. Loaded by LD_PRELOAD for that one process.
 *
 * Random numbers and clocks are replaced where the C library is asked for them. Times and inode numbers of files and
 * the order of entries in a directory are asked of the kernel directly, so those two system calls are trapped, on x86-64.
 * Where that is refused they stay as they are, and the component gets another digest. */
#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

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

/* So late that whoever waits until then is not woken by it. */
int clock_gettime(clockid_t clock, struct timespec *now) {
    (void)clock;
    now->tv_sec = 2000000000;
    now->tv_nsec = 0;
    return 0;
}

#if defined(__x86_64__) && __has_include(<linux/seccomp.h>)

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/stat.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>

/* A system call of five arguments with a sixth by which the filter knows it. A filter outlives its program where that
 * starts another, so it cannot go by addresses. */
#define OURS 0x7472616365777269
long direct(long number, long a, long b, long c, long d, long e);
__asm__(".text\n"
        ".local direct\n"
        "direct:\n"
        "  mov %rdi, %rax\n  mov %rsi, %rdi\n  mov %rdx, %rsi\n  mov %rcx, %rdx\n  mov %r8, %r10\n  mov %r9, %r8\n"
        "  movabs $0x7472616365777269, %r9\n"
        "  syscall\n"
        "  ret\n");

static long fixed_statx(long folder, long path, long flags, long mask, struct statx *found) {
    long result = direct(SYS_statx, folder, path, flags, mask, (long)found);
    if (result == 0) {
        memset(&found->stx_atime, 0, sizeof found->stx_atime);
        memset(&found->stx_btime, 0, sizeof found->stx_btime);
        memset(&found->stx_ctime, 0, sizeof found->stx_ctime);
        memset(&found->stx_mtime, 0, sizeof found->stx_mtime);
        found->stx_ino = 1;
        found->stx_nlink = 1;
        found->stx_blksize = 4096;
        found->stx_blocks = 0;
        if ((found->stx_mode & S_IFMT) == S_IFDIR) found->stx_size = 4096;
        found->stx_dev_major = 0;
        found->stx_dev_minor = 1;
    }
    return result;
}

/* As the kernel writes it. */
struct entry {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

/* A directory that is being read: all its entries in order, and how many were handed out. */
struct listing {
    long fd;
    size_t count, next;
    struct entry **entries;
    char *bytes;
    struct listing *rest;
};
static struct listing *listings;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int by_name(const void *a, const void *b) {
    return strcmp((*(struct entry *const *)a)->name, (*(struct entry *const *)b)->name);
}

static void forget(long fd) {
    for (struct listing **at = &listings; *at; at = &(*at)->rest)
        if ((*at)->fd == fd) {
            struct listing *gone = *at;
            *at = gone->rest;
            free(gone->entries);
            free(gone->bytes);
            free(gone);
            return;
        }
}

/* Reads what is left of a directory; null where nothing is, or on an error, which `result` has. */
static struct listing *read_all(long fd, long *result) {
    size_t length = 0, room = 1 << 16;
    char *bytes = malloc(room);
    if (!bytes) abort();
    while ((*result = direct(SYS_getdents64, fd, (long)(bytes + length), (long)(room - length), 0, 0)) > 0) {
        length += (size_t)*result;
        if (room - length < 1 << 12) bytes = realloc(bytes, room *= 2);
        if (!bytes) abort();
    }
    if (length == 0 || *result < 0) {
        free(bytes);
        return NULL;
    }
    struct listing *made = calloc(1, sizeof *made);
    if (!made) abort();
    made->fd = fd;
    made->bytes = bytes;
    for (size_t at = 0; at < length; at += ((struct entry *)(bytes + at))->length) made->count++;
    made->entries = malloc(made->count * sizeof *made->entries);
    if (!made->entries) abort();
    size_t index = 0;
    for (size_t at = 0; at < length; at += made->entries[index++]->length)
        made->entries[index] = (struct entry *)(bytes + at);
    qsort(made->entries, made->count, sizeof *made->entries, by_name);
    return made;
}

static long sorted_getdents(long fd, char *to, size_t room) {
    long result;
    struct listing *listing = read_all(fd, &result);
    if (listing) {
        /* Opened or rewound just now. */
        forget(fd);
        listing->rest = listings;
        listings = listing;
    } else {
        for (listing = listings; listing && listing->fd != fd; listing = listing->rest) {}
        if (result < 0 || !listing) return result;
    }
    size_t length = 0;
    while (listing->next < listing->count) {
        struct entry *entry = listing->entries[listing->next];
        if (room - length < entry->length) {
            if (length == 0) return -22; /* EINVAL, as the kernel says it */
            break;
        }
        entry->inode = 1;
        entry->offset = (int64_t)++listing->next;
        memcpy(to + length, entry, entry->length);
        length += entry->length;
    }
    if (length == 0) forget(fd);
    return (long)length;
}

static void trapped(int signal, siginfo_t *info, void *context) {
    (void)signal;
    (void)info;
    greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
    if (r[REG_RAX] == SYS_statx) {
        r[REG_RAX] = fixed_statx(r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], (struct statx *)r[REG_R8]);
    } else {
        pthread_mutex_lock(&lock);
        r[REG_RAX] = sorted_getdents(r[REG_RDI], (char *)r[REG_RSI], (size_t)r[REG_RDX]);
        pthread_mutex_unlock(&lock);
    }
}

#define FIELD(name) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define IF(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), yes, no)

__attribute__((constructor)) static void trap(void) {
    struct sock_filter filter[] = {
        FIELD(arch),
        IF(AUDIT_ARCH_X86_64, 0, 7),
        FIELD(nr),
        IF(SYS_getdents64, 1, 0),
        IF(SYS_statx, 0, 4),
        FIELD(args[5]),
        IF(OURS, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5]) + 4),
        IF(OURS >> 32, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    struct sigaction action = {.sa_sigaction = trapped, .sa_flags = SA_SIGINFO | SA_NODEFER};
    if (sigaction(SIGSYS, &action, NULL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#endif
