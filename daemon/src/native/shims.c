/*
 * shims: what GraalVM's own libraries (libchelper.a) give a native executable beside the builder's jars, as far as
 * the daemon needs it. The names and types are those that the builder's @CFunction declarations ask for.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <limits.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "amd64cpufeatures.h" /* made from the builder's list of names */
#include "svm_locale.h"

#define SIGNALS 65

/*
 * The JDK's libraries are linked as they are. A static one would have a JNI_OnLoad of its own name, which the
 * executable calls: it is passed on. The check is needed because dlsym looks into what the library is linked with, too.
 */
static jint load(const char *library, JavaVM *vm, void *reserved) {
  void *handle = dlopen(library, RTLD_NOLOAD | RTLD_NOW);
  jint (*on_load)(JavaVM *, void *) = NULL;
  if (handle != NULL) {
    *(void **) &on_load = dlsym(handle, "JNI_OnLoad");
  }
  Dl_info place;
  if (on_load != NULL && dladdr(*(void **) &on_load, &place) != 0 && strstr(place.dli_fname, library) != NULL) {
    on_load(vm, reserved);
  }
  return JNI_VERSION_1_8;
}

jint JNI_OnLoad_java(JavaVM *vm, void *reserved) { return load("libjava.so", vm, reserved); }
jint JNI_OnLoad_net(JavaVM *vm, void *reserved) { return load("libnet.so", vm, reserved); }
jint JNI_OnLoad_nio(JavaVM *vm, void *reserved) { return load("libnio.so", vm, reserved); }
jint JNI_OnLoad_zip(JavaVM *vm, void *reserved) { return load("libzip.so", vm, reserved); }

/* What Java knows no zone by: it takes the offset from UTC that the C library says then. */
static const char unnamed[] = "localtime";

/* The name after "zoneinfo/" in a path. */
static const char *zone_of(const char *path) {
  const char *found = path == NULL ? NULL : strstr(path, "/zoneinfo/");
  return found == NULL ? unnamed : found + strlen("/zoneinfo/");
}

/*
 * The name of the time zone: TZ's, else that which /etc/localtime leads to. The caller frees it. The table is for
 * Windows.
 */
char *SVM_FindJavaTZmd(const char *mappings, int length) {
  (void) mappings, (void) length;
  const char *wanted = getenv("TZ");
  if (wanted != NULL && *wanted != '\0') {
    wanted += *wanted == ':';
    return strdup(*wanted == '/' ? zone_of(wanted) : wanted);
  }
  char path[PATH_MAX];
  return strdup(zone_of(realpath("/etc/localtime", path)));
}

/* Signals that have come and wait for the thread that handles them. */
static atomic_int pending[SIGNALS];
static atomic_int opened;
static sem_t arrived;

/* The handler of every signal that Java handles. */
static void note(int number) {
  int before = errno;
  if (number > 0 && number < SIGNALS) {
    atomic_fetch_add(&pending[number], 1);
    sem_post(&arrived);
  }
  errno = before;
}

/* Once a process: -1 with EBUSY if it is open. */
int cSunMiscSignal_open(void) {
  if (atomic_exchange(&opened, 1)) {
    errno = EBUSY;
    return -1;
  }
  return sem_init(&arrived, 0, 0);
}

int cSunMiscSignal_close(void) {
  atomic_store(&opened, 0);
  return sem_destroy(&arrived);
}

/* Blocks until a signal has come, or signalSemaphore was called. */
int cSunMiscSignal_awaitSemaphore(void) {
  int result;
  do {
    result = sem_wait(&arrived);
  } while (result != 0 && errno == EINTR);
  return result;
}

int cSunMiscSignal_signalSemaphore(void) { return sem_post(&arrived); }

int cSunMiscSignal_signalRangeCheck(int number) { return number > 0 && number < SIGNALS; }

/* Takes one of the signals that have come; -1 if there is none. */
int cSunMiscSignal_checkPendingSignal(void) {
  for (int number = 1; number < SIGNALS; number++) {
    int count = atomic_load(&pending[number]);
    while (count > 0) {
      if (atomic_compare_exchange_weak(&pending[number], &count, count - 1)) {
        return number;
      }
    }
  }
  return -1;
}

void (*cSunMiscSignal_signalHandlerFunctionPointer(void))(int) { return note; }

/* The executable is made for every processor of its kind (-H:MicroArchitecture): each has what is needed, which is 0. */
int checkCPUFeatures(const char *needed) {
  (void) needed;
  return 0;
}

int checkCPUFeaturesOrExit(const char *needed, const char *message) {
  (void) needed, (void) message;
  return 0;
}

/* What is not named is not used. gcc's answer heeds what the kernel saves of a thread. */
void determineCPUFeatures(CPUFeatures *has) {
  memset(has, 0, sizeof *has);
  __builtin_cpu_init();
  has->fCX8 = has->fCMOV = has->fFXSR = has->fMMX = has->fSSE = has->fSSE2 = has->fTSC = 1;
  has->fSSE3 = __builtin_cpu_supports("sse3") != 0;
  has->fSSSE3 = __builtin_cpu_supports("ssse3") != 0;
  has->fSSE4_1 = __builtin_cpu_supports("sse4.1") != 0;
  has->fSSE4_2 = __builtin_cpu_supports("sse4.2") != 0;
  has->fPOPCNT = __builtin_cpu_supports("popcnt") != 0;
  has->fLZCNT = __builtin_cpu_supports("lzcnt") != 0;
  has->fAVX = __builtin_cpu_supports("avx") != 0;
  has->fAVX2 = __builtin_cpu_supports("avx2") != 0;
  has->fBMI1 = __builtin_cpu_supports("bmi") != 0;
  has->fBMI2 = __builtin_cpu_supports("bmi2") != 0;
  has->fFMA = __builtin_cpu_supports("fma") != 0;
}

/* Nothing that the daemon says depends on a locale. */
static const svm_locale_props_t english = {"en", "", "", "", "en", "", "", ""};

int svm_initialize_locale(void) { return SVM_LOCALE_INITIALIZATION_SUCCEEDED; }

const svm_locale_props_t *svm_get_locale(void) { return &english; }

/* C functions with a variable number of arguments, or of a type that Java cannot name, under names of their own. */
int fprintfSD(FILE *file, const char *format, char *text, int number) { return fprintf(file, format, text, number); }

int openSII(const char *path, int flags, int mode) { return open(path, flags, mode); }

int getThreadId(void) { return (int) syscall(SYS_gettid); }

void *mremapP(void *old, size_t old_size, size_t size, int flags, void *place) {
  return mremap(old, old_size, size, flags, place);
}

/* Without a container there is nothing to initialize. */
int initialize(int version) {
  (void) version;
  return 0;
}
