/* test: calls each function of shims.c, jvm.c and limit.c; prints what is wrong and fails. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "amd64cpufeatures.h"
#include "svm_locale.h"

char *SVM_FindJavaTZmd(const char *mappings, int length);
int cSunMiscSignal_open(void);
int cSunMiscSignal_close(void);
int cSunMiscSignal_awaitSemaphore(void);
int cSunMiscSignal_signalSemaphore(void);
int cSunMiscSignal_signalRangeCheck(int number);
int cSunMiscSignal_checkPendingSignal(void);
void (*cSunMiscSignal_signalHandlerFunctionPointer(void))(int);
int checkCPUFeatures(const char *needed);
int checkCPUFeaturesOrExit(const char *needed, const char *message);
void determineCPUFeatures(CPUFeatures *has);
int fprintfSD(FILE *file, const char *format, char *text, int number);
int openSII(const char *path, int flags, int mode);
int getThreadId(void);
void *mremapP(void *old, size_t old_size, size_t size, int flags, void *place);
int initialize(int version);
jint JNI_OnLoad_java(JavaVM *vm, void *reserved);
jint JNI_OnLoad_net(JavaVM *vm, void *reserved);
jint JNI_OnLoad_nio(JavaVM *vm, void *reserved);
jint JNI_OnLoad_zip(JavaVM *vm, void *reserved);

jlong JVM_CurrentTimeMillis(JNIEnv *env, jclass type);
jlong JVM_NanoTime(JNIEnv *env, jclass type);
jint JVM_ActiveProcessorCount(void);
jboolean JVM_IsSupportedJNIVersion(jint version);
void *JVM_FindLibraryEntry(void *library, const char *name);
void JVM_BeforeHalt(void);
void JVM_Halt(jint status);
void *JVM_RawMonitorCreate(void);
void JVM_RawMonitorDestroy(void *monitor);
jint JVM_RawMonitorEnter(void *monitor);
void JVM_RawMonitorExit(void *monitor);
int jio_fprintf(FILE *file, const char *format, ...);
int jio_snprintf(char *into, size_t size, const char *format, ...);
void JVM_GC(void); /* one of those that are absent */

static int failures;

#define EXPECT(claim) \
  do { \
    if (!(claim)) { \
      fprintf(stderr, "test.c:%d: not so: %s\n", __LINE__, #claim); \
      failures++; \
    } \
  } while (0)

static void zone(const char *variable, const char *expected) {
  if (variable == NULL) {
    unsetenv("TZ");
  } else {
    setenv("TZ", variable, 1);
  }
  char *name = SVM_FindJavaTZmd(NULL, 0);
  EXPECT(name != NULL && *name != '\0');
  if (expected != NULL && strcmp(name, expected) != 0) {
    fprintf(stderr, "test.c: TZ=%s is %s, not %s\n", variable, name, expected);
    failures++;
  }
  free(name);
}

static void zones(void) {
  zone("Europe/Berlin", "Europe/Berlin");
  zone(":Europe/Berlin", "Europe/Berlin");
  zone("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo");
  zone("/etc/hostname", "localtime");
  zone("CET-1CEST", "CET-1CEST");
  zone("", NULL);
  zone(NULL, NULL);
}

static void signals(void) {
  EXPECT(cSunMiscSignal_open() == 0);
  EXPECT(cSunMiscSignal_open() == -1 && errno == EBUSY);
  EXPECT(cSunMiscSignal_checkPendingSignal() == -1);
  signal(SIGUSR1, cSunMiscSignal_signalHandlerFunctionPointer());
  signal(SIGHUP, cSunMiscSignal_signalHandlerFunctionPointer());
  errno = ENOENT;
  raise(SIGUSR1);
  raise(SIGUSR1);
  raise(SIGHUP);
  EXPECT(errno == ENOENT);
  for (int i = 0; i < 3; i++) {
    EXPECT(cSunMiscSignal_awaitSemaphore() == 0);
  }
  EXPECT(cSunMiscSignal_checkPendingSignal() == SIGHUP);
  EXPECT(cSunMiscSignal_checkPendingSignal() == SIGUSR1);
  EXPECT(cSunMiscSignal_checkPendingSignal() == SIGUSR1);
  EXPECT(cSunMiscSignal_checkPendingSignal() == -1);
  EXPECT(cSunMiscSignal_signalSemaphore() == 0);
  EXPECT(cSunMiscSignal_awaitSemaphore() == 0);
  EXPECT(!cSunMiscSignal_signalRangeCheck(0));
  EXPECT(cSunMiscSignal_signalRangeCheck(1));
  EXPECT(cSunMiscSignal_signalRangeCheck(SIGRTMAX));
  EXPECT(!cSunMiscSignal_signalRangeCheck(SIGRTMAX + 1));
  EXPECT(cSunMiscSignal_close() == 0);
  EXPECT(cSunMiscSignal_open() == 0);
}

/* Is that word among the flags of the first processor? */
static int kernel_says(const char *flag) {
  static char line[16384];
  char word[32];
  snprintf(word, sizeof word, " %s ", flag);
  FILE *file = fopen("/proc/cpuinfo", "r");
  int found = 0;
  while (file != NULL && !found && fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, "flags", 5) == 0) {
      line[strcspn(line, "\n")] = ' ';
      found = strstr(line, word) != NULL;
      break;
    }
  }
  if (file != NULL) {
    fclose(file);
  }
  return found;
}

static void processor(void) {
  CPUFeatures has;
  memset(&has, 0xff, sizeof has);
  determineCPUFeatures(&has);
  EXPECT(has.fSSE2 && kernel_says("sse2"));
  EXPECT(has.fSSE4_2 == kernel_says("sse4_2"));
  EXPECT(has.fPOPCNT == kernel_says("popcnt"));
  EXPECT(has.fLZCNT == kernel_says("abm"));
  EXPECT(has.fAVX == kernel_says("avx"));
  EXPECT(has.fAVX2 == kernel_says("avx2"));
  EXPECT(has.fBMI2 == kernel_says("bmi2"));
  EXPECT(has.fFMA == kernel_says("fma"));
  EXPECT(!has.fAVX512F);
  EXPECT(checkCPUFeatures("") == 0);
  EXPECT(checkCPUFeaturesOrExit("", "") == 0);
}

static void small_ones(void) {
  EXPECT(svm_initialize_locale() == SVM_LOCALE_INITIALIZATION_SUCCEEDED);
  EXPECT(strcmp(svm_get_locale()->display_language, "en") == 0);
  EXPECT(svm_get_locale()->format_variant != NULL);
  char text[32] = "";
  FILE *file = fmemopen(text, sizeof text, "w");
  fprintfSD(file, "%s-%d", "thread", 7);
  jio_fprintf(file, " %d", 8);
  fclose(file);
  EXPECT(strcmp(text, "thread-7 8") == 0);
  EXPECT(jio_snprintf(text, 4, "%d", 123456) == 6 && strcmp(text, "123") == 0);
  int opened = openSII("/dev/null", O_RDONLY, 0);
  EXPECT(opened >= 0 && close(opened) == 0);
  EXPECT(openSII("/nowhere", O_RDONLY, 0) == -1 && errno == ENOENT);
  EXPECT(getThreadId() == getpid());
  char *old = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  old[5] = 'x';
  char *moved = mremapP(old, 4096, 8192, MREMAP_MAYMOVE, NULL);
  EXPECT(moved != MAP_FAILED && moved[5] == 'x' && moved[8000] == 0);
  EXPECT(initialize(0) == 0);
  /* None of the JDK's libraries is loaded here. */
  EXPECT(JNI_OnLoad_java(NULL, NULL) == JNI_VERSION_1_8);
  EXPECT(JNI_OnLoad_net(NULL, NULL) == JNI_VERSION_1_8);
  EXPECT(JNI_OnLoad_nio(NULL, NULL) == JNI_VERSION_1_8);
  EXPECT(JNI_OnLoad_zip(NULL, NULL) == JNI_VERSION_1_8);
}

static int end_of(pid_t child) {
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

static void jvm(void) {
  jlong now = JVM_CurrentTimeMillis(NULL, NULL) / 1000 - time(NULL);
  EXPECT(now >= -1 && now <= 1);
  jlong before = JVM_NanoTime(NULL, NULL);
  EXPECT(before > 0 && JVM_NanoTime(NULL, NULL) >= before);
  EXPECT(JVM_ActiveProcessorCount() >= 1);
  EXPECT(JVM_IsSupportedJNIVersion(JNI_VERSION_1_8));
  EXPECT(JVM_FindLibraryEntry(NULL, "getpid") != NULL);
  EXPECT(JVM_FindLibraryEntry(NULL, "no such function") == NULL);
  JVM_BeforeHalt();
  void *monitor = JVM_RawMonitorCreate();
  EXPECT(monitor != NULL && JVM_RawMonitorEnter(monitor) == 0);
  JVM_RawMonitorExit(monitor);
  JVM_RawMonitorDestroy(monitor);
  pid_t child = fork();
  if (child == 0) {
    JVM_Halt(7);
  }
  int status = end_of(child);
  EXPECT(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

/* A function that is not there says so and ends the process. */
static void absent(void) {
  int ends[2];
  EXPECT(pipe(ends) == 0);
  pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 2);
    JVM_GC();
    _exit(0);
  }
  close(ends[1]);
  char said[128] = "";
  EXPECT(read(ends[0], said, sizeof said - 1) > 0);
  EXPECT(strstr(said, "JVM_GC is not in a native executable") != NULL);
  int status = end_of(child);
  EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void limit(void) {
  struct rlimit before, after;
  getrlimit(RLIMIT_NOFILE, &before);
  struct rlimit less = {before.rlim_cur - 1, before.rlim_max};
  EXPECT(setrlimit(RLIMIT_NOFILE, &less) == 0);
  getrlimit(RLIMIT_NOFILE, &after);
  EXPECT(after.rlim_cur == before.rlim_cur);
}

int main(void) {
  zones();
  signals();
  processor();
  small_ones();
  jvm();
  absent();
  limit();
  return failures == 0 ? 0 : 1;
}
