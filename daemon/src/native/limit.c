/* Linked into the executable in place of setrlimit(2), whoever builds it. */

int __wrap_setrlimit(int resource, const void *limit);

/*
 * The executable would raise its limit of descriptors when it starts, and services would inherit that. The daemon
 * finds the C library's own function by its name.
 */
int __wrap_setrlimit(int resource, const void *limit) {
  (void) resource, (void) limit;
  return 0;
}
