/* SPDX-License-Identifier: MIT */
/* The part that comes compiled: no header, no instrumentation. */
void vendor_fill(char *at, unsigned long bytes, char value);
unsigned int vendor_sum(const char *at, unsigned long bytes);

void vendor_fill(char *at, unsigned long bytes, char value)
{
	for (unsigned long i = 0; i < bytes; i++)
		((volatile char *)at)[i] = value; /* write */
}

unsigned int vendor_sum(const char *at, unsigned long bytes)
{
	unsigned int sum = 0;

	for (unsigned long i = 0; i < bytes; i++)
		sum += ((const volatile char *)at)[i]; /* read */
	return sum;
}
