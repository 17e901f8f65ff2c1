/* What a kernel that was translated to C stands on: linear memory, vectors, and conversions as WebAssembly has them. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t v128 __attribute__((vector_size(16), aligned(16)));
typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef int16_t i16x8 __attribute__((vector_size(16)));
typedef int32_t i32x4 __attribute__((vector_size(16)));
typedef uint32_t u32x4 __attribute__((vector_size(16)));
typedef float f32x4 __attribute__((vector_size(16)));

/* Linear memory: a fixed address, no bounds checks. */
#define PAGES_LIMIT 16384u
static uint8_t memory[PAGES_LIMIT * 65536ull] __attribute__((aligned(65536)));
static uint32_t pages;

static uint32_t grow(uint32_t by) {
  uint32_t before = pages;
  if (by > PAGES_LIMIT - pages) return UINT32_MAX;
  pages += by;
  return before;
}

#define LOAD(type, address, offset) \
  ({ type value_; memcpy(&value_, memory + (uint64_t)(address) + (offset), sizeof value_); value_; })
#define STORE(type, address, offset, from) \
  do { type value_ = (type)(from); memcpy(memory + (uint64_t)(address) + (offset), &value_, sizeof value_); } while (0)
#define CAST(type, from) ({ __typeof__(from) from_ = (from); type to_; memcpy(&to_, &from_, sizeof to_); to_; })
#define SATURATE(type, x, low, high, least, most) \
  ({ double x_ = (x); x_ != x_ ? 0 : x_ < (low) ? (least) : x_ >= (high) ? (most) : (type)x_; })
/* As WebAssembly has it: not a number if either is none; -0 is less than 0. */
#define LESSER(a, b) ((a) != (a) || (b) != (b) ? (a) + (b) : (a) < (b) || ((a) == (b) && signbit(a)) ? (a) : (b))
#define GREATER(a, b) ((a) != (a) || (b) != (b) ? (a) + (b) : (a) > (b) || ((a) == (b) && signbit(b)) ? (a) : (b))
#define LANE(type) __typeof__(((type){0})[0])
#define REPLACE(type, vector, lane, value) ({ type v_ = (type)(vector); v_[lane] = (value); (v128)v_; })

static inline v128 dot16(v128 a, v128 b) {
#ifdef __SSE2__
  typedef short shorts __attribute__((vector_size(16)));
  return (v128)__builtin_ia32_pmaddwd128((shorts)a, (shorts)b);
#else
  i16x8 x = (i16x8)a, y = (i16x8)b;
  i32x4 sum;
  for (int i = 0; i < 4; i++) sum[i] = x[2 * i] * y[2 * i] + x[2 * i + 1] * y[2 * i + 1];
  return (v128)sum;
#endif
}
