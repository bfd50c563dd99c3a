/* SPDX-License-Identifier: MIT */
/*
 * rows.c - how many scenarios there are: the rows of all files are one linker section
 *
 * km_test_list is its start (a linker argument). Without test.h, whose count is constant.
 */
struct km_test {
	const char *name;
	void (*run)(void);
};

extern const struct km_test __start_scarce_rows[], __stop_scarce_rows[];
unsigned int km_test_count;

static __attribute__((constructor)) void rows_count(void)
{
	km_test_count = (unsigned int)(__stop_scarce_rows - __start_scarce_rows);
}
