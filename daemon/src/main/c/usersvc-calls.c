/*
 * usersvc-calls: calls of C functions for the daemon (JniCalls.java), and the wait in which it gives
 * memory back.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <jni.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/mman.h>

/* Not every C library has it. */
extern int malloc_trim(size_t) __attribute__((weak));

/* Mappings that were found and are not dropped yet: finding the next one would map pages of the C library again. */
enum { FOUND = 512 };

struct found {
  struct {
    uintptr_t start, end;
  } mappings[FOUND];
  int count;
};

static void drop(struct found *found) {
  for (int i = 0; i < found->count; i++) {
    madvise((void *) found->mappings[i].start, found->mappings[i].end - found->mappings[i].start,
            MADV_DONTNEED);
  }
  found->count = 0;
}

static void add(struct found *found, uintptr_t start, uintptr_t end) {
  if (found->count == FOUND) {
    drop(found);
  }
  found->mappings[found->count].start = start;
  found->mappings[found->count].end = end;
  found->count++;
}

/*
 * Gives back the pages of mapped files that cannot be written and hold no page of their own: they are in the
 * page cache, and the next access maps them again. Of mappings that can be written nothing is dropped: a page
 * could be written to between the look and the drop.
 */
static void drop_clean_pages(void) {
  FILE *maps = fopen("/proc/self/smaps", "re");
  if (maps == NULL) {
    return;
  }
  char line[512];
  uintptr_t start = 0;
  uintptr_t end = 0;
  struct found found = {.count = 0};
  while (fgets(line, sizeof line, maps) != NULL) {
    unsigned long first, last, inode, own;
    char mode[5];
    if (sscanf(line, "%lx-%lx %4s %*x %*s %lu", &first, &last, mode, &inode) == 4) {
      int is_clean_file = inode != 0 && mode[0] == 'r' && mode[1] == '-';
      start = is_clean_file ? first : 0;
      end = last;
    } else if (start != 0 && sscanf(line, "Anonymous: %lu kB", &own) == 1) {
      if (own == 0) {
        add(&found, start, end);
      }
      start = 0;
    }
  }
  fclose(maps);
  drop(&found);
}

/* Gives memory back as the last thing before the wait: Java that runs in between would touch some of it again. */
JNIEXPORT jint JNICALL Java_org_usersvc_daemon_os_JniCalls_await(
    JNIEnv *env, jobject self, jint epoll, jlong events, jint count, jint timeout, jboolean give_back) {
  (void) env, (void) self;
  if (give_back) {
    if (malloc_trim != NULL) {
      malloc_trim(0);
    }
    drop_clean_pages();
  }
  return epoll_wait(epoll, (struct epoll_event *) (intptr_t) events, count, timeout);
}

JNIEXPORT jlong JNICALL Java_org_usersvc_daemon_os_JniCalls_symbol(
    JNIEnv *env, jobject self, jstring name) {
  (void) self;
  const char *text = (*env)->GetStringUTFChars(env, name, NULL);
  if (text == NULL) {
    return 0;
  }
  void *found = dlsym(RTLD_DEFAULT, text);
  (*env)->ReleaseStringUTFChars(env, name, text);
  return (jlong) (intptr_t) found;
}

typedef long function(long, long, long, long, long, long);

JNIEXPORT jlong JNICALL Java_org_usersvc_daemon_os_JniCalls_call(
    JNIEnv *env, jobject self, jlong address, jlong error,
    jlong a, jlong b, jlong c, jlong d, jlong e, jlong f) {
  (void) env, (void) self;
  long result = ((function *) (intptr_t) address)(a, b, c, d, e, f);
  *(int *) (intptr_t) error = errno;
  return result;
}

static struct sigaction handled[NSIG];
static volatile sig_atomic_t senders[NSIG];

/* Notes who has sent the signal, and leaves the rest to the handler of the JVM. */
static void note(int signal, siginfo_t *about, void *context) {
  senders[signal] = about->si_code > 0 ? -1 : about->si_pid;
  if (handled[signal].sa_flags & SA_SIGINFO) {
    handled[signal].sa_sigaction(signal, about, context);
  } else if (handled[signal].sa_handler != SIG_IGN && handled[signal].sa_handler != SIG_DFL) {
    handled[signal].sa_handler(signal);
  }
}

/* A signal that is ignored or not handled stays so. */
JNIEXPORT void JNICALL Java_org_usersvc_daemon_os_JniCalls_noteSender(JNIEnv *env, jobject self, jint signal) {
  (void) env, (void) self;
  struct sigaction now;
  int is_new = sigaction(signal, NULL, &now) == 0 && now.sa_sigaction != note;
  if (is_new && now.sa_handler != SIG_IGN && now.sa_handler != SIG_DFL) {
    handled[signal] = now;
    now.sa_sigaction = note;
    now.sa_flags |= SA_SIGINFO;
    sigaction(signal, &now, NULL);
  }
}

JNIEXPORT jint JNICALL Java_org_usersvc_daemon_os_JniCalls_sender(JNIEnv *env, jobject self, jint signal) {
  (void) env, (void) self;
  return senders[signal];
}

JNIEXPORT jobject JNICALL Java_org_usersvc_daemon_os_JniCalls_view(
    JNIEnv *env, jobject self, jlong address, jint size) {
  (void) self;
  return (*env)->NewDirectByteBuffer(env, (void *) (intptr_t) address, size);
}

JNIEXPORT jlong JNICALL Java_org_usersvc_daemon_os_JniCalls_address(
    JNIEnv *env, jobject self, jobject buffer) {
  (void) self;
  return (jlong) (intptr_t) (*env)->GetDirectBufferAddress(env, buffer);
}
