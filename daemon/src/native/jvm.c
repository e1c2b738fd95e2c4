/*
 * The functions of a JVM that the JDK's own libraries (libjava, libnet, libnio, libzip) call in a native executable,
 * in a libjvm.so for them alone. Those that nothing in the daemon can reach end the process; the build makes them of the
 * libraries' lists of symbols, in absent.h.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <jni.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ABSENT(name) \
  void name(void) { \
    fputs("usersvcd: fatal: " #name " is not in a native executable\n", stderr); \
    abort(); \
  }
#include "absent.h"

static jlong nanos(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

jlong JVM_CurrentTimeMillis(JNIEnv *env, jclass type) {
  (void) env, (void) type;
  return nanos(CLOCK_REALTIME) / 1000000;
}

jlong JVM_NanoTime(JNIEnv *env, jclass type) {
  (void) env, (void) type;
  return nanos(CLOCK_MONOTONIC);
}

jint JVM_ActiveProcessorCount(void) { return (jint) sysconf(_SC_NPROCESSORS_ONLN); }

jboolean JVM_IsSupportedJNIVersion(jint version) {
  (void) version;
  return JNI_TRUE;
}

void *JVM_FindLibraryEntry(void *library, const char *name) { return dlsym(library, name); }

void JVM_BeforeHalt(void) {}

void JVM_Halt(jint status) { _exit(status); }

/* For libzip. */
void *JVM_RawMonitorCreate(void) {
  pthread_mutex_t *made = calloc(1, sizeof *made);
  if (made != NULL) {
    pthread_mutex_init(made, NULL);
  }
  return made;
}

void JVM_RawMonitorDestroy(void *monitor) {
  pthread_mutex_destroy(monitor);
  free(monitor);
}

jint JVM_RawMonitorEnter(void *monitor) { return pthread_mutex_lock(monitor); }

void JVM_RawMonitorExit(void *monitor) { pthread_mutex_unlock(monitor); }

int jio_fprintf(FILE *file, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = vfprintf(file, format, arguments);
  va_end(arguments);
  return result;
}

int jio_snprintf(char *into, size_t size, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = vsnprintf(into, size, format, arguments);
  va_end(arguments);
  return result;
}
