/*
 * Runs a kernel of context mixing that was translated to C: codes a file a few times and prints the processor seconds
 * of each. Built with -DKERNEL="\"kernel.inc\"" and used as: harness INPUT OUTPUT TABLE_BITS FLAGS ROUNDS
 */
#include "runtime.h"

#include <stdio.h>
#include <time.h>

#include KERNEL

/* Processor time, so that other processes on the core do not count. */
static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static size_t encode(const uint8_t *content, uint32_t length, uint32_t bits, uint32_t flags, uint8_t *output, double *seconds) {
  kernel_start(length, bits, flags);
  memcpy(memory + kernel_contentAddress(), content, length);
  uint8_t *coded = memory + kernel_codedAddress();
  uint32_t slice = kernel_sliceLength();
  size_t written = 0;
  double before = now();
  kernel_startEncoding();
  for (uint32_t at = 0; at < length; at += slice) {
    uint32_t count = kernel_encode(length - at < slice ? length - at : slice);
    memcpy(output + written, coded, count);
    written += count;
  }
  uint32_t count = kernel_finishEncoding();
  memcpy(output + written, coded, count);
  *seconds = now() - before;
  return written + count;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  uint32_t length = (uint32_t)ftell(file);
  rewind(file);
  uint8_t *content = malloc(length + 1), *output = malloc((size_t)length * 2 + 65536);
  if (!content || !output || fread(content, 1, length, file) != length) return 1;
  fclose(file);
  uint32_t bits = (uint32_t)atoi(argv[3]), flags = (uint32_t)atoi(argv[4]);
  size_t written = 0;
  kernel_instantiate();
  for (int round = 0; round < atoi(argv[5]); round++) {
    double seconds;
    written = encode(content, length, bits, flags, output, &seconds);
    printf("%.6f\n", seconds);
    fflush(stdout);
  }
  file = fopen(argv[2], "wb");
  if (!file || fwrite(output, 1, written, file) != written || fclose(file)) return 1;
  return 0;
}
