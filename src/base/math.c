// SPDX-License-Identifier: MIT
/*
 * math.c - roots, powers, divisors, wide products
 *
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/bitops.h>
#include <linux/gcd.h>
#include <linux/lcm.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>

u64 int_pow(u64 base, unsigned int exp)
{
	u64 power = 1;

	for (; exp; exp >>= 1, base *= base)
		if (exp & 1)
			power *= base;
	return power;
}

/* The greatest r with r * r <= x, bit by bit. */
unsigned long int_sqrt(unsigned long x)
{
	unsigned long root = 0;

	for (unsigned long bit = x ? 1UL << (__fls(x) / 2) : 0; bit; bit >>= 1)
		if ((root | bit) * (root | bit) <= x)
			root |= bit;
	return root;
}

unsigned long gcd(unsigned long a, unsigned long b)
{
	while (b) {
		a %= b;
		swap(a, b);
	}
	return a;
}

unsigned long lcm(unsigned long a, unsigned long b)
{
	return a && b ? a / gcd(a, b) * b : 0;
}

/* By hand: a 128-bit division would need the compiler's library. */
u64 mul_u64_u64_div_u64(u64 a, u64 mul, u64 divisor)
{
	const unsigned __int128 product = (unsigned __int128)a * mul;
	u64 rest = (u64)(product >> 64), low = (u64)product, quotient = 0;

	if (rest >= divisor)
		return ~0ULL;
	if (!rest)
		return low / divisor;
	for (int i = 63; i >= 0; i--) {
		const bool carry = rest >> 63;

		rest = rest << 1 | (low >> i & 1);
		if (carry || rest >= divisor) {
			rest -= divisor;
			quotient |= 1ULL << i;
		}
	}
	return quotient;
}
